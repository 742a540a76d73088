import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeWav } from '../../model/wav.ts';
import { audition } from '../../run/listen.ts';
import type { Heard } from '../../run/listen.ts';
import { openPlanner } from '../../run/plans.ts';
import { progressTo } from '../../run/progress.ts';
import { openStudio } from '../../run/studio.ts';
import { loadSuite } from '../../run/suite.ts';
import { text, wholeNumber } from '../numbers.ts';

/** `hangup listen PERSONA SCENARIO`: what a caller will say, as a WAV and as a list with times. Calls nobody. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const [persona, scenario] = [String(args[0]), String(args[1])];
  const suite = text(options, 'suite');
  const beside = suite === undefined ? undefined : (await loadSuite(suite)).beside;
  const planner = await openPlanner(beside);
  const plan = planner({ persona, scenario }, wholeNumber(options, 'seed', '--seed', 0) ?? 1, 0);
  const out = resolve(text(options, 'out') ?? `${plan.id}.wav`);
  progressTo(process.stderr).step(`rendering what ${persona} will say`);
  const studio = await openStudio(beside, undefined);
  try {
    const { rate, samples, heard } = audition(
      plan,
      await studio.render(plan),
      options['all'] === true ? 'all' : 'agenda',
    );
    writeFileSync(out, encodeWav([samples], rate));
    process.stdout.write(
      options['json'] === true
        ? `${JSON.stringify({ schema: 'hangup.listen/1', persona, scenario, seed: plan.seed, out, rate, heard })}\n`
        : `${heard.map(lineOf).join('\n')}\n\n${out} (${Math.round(samples.length / rate)} s; a second of silence stands for each turn of the agent's)\n`,
    );
    return 0;
  } finally {
    await studio.close();
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2).padStart(7);

const lineOf = ({ id, kind, fromMs, toMs, text: words }: Heard): string =>
  `${seconds(fromMs)} - ${seconds(toMs)} s  ${id}${kind === 'line' ? '' : ` (${kind})`}: ${words || 'no words'}`;
