import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSite } from '../../../reports/site.ts';
import type { RunReport } from '../../../reports/report.ts';
import { textReport } from '../../../reports/text.ts';
import { perform } from '../../run/perform.ts';
import { plansOf } from '../../run/plans.ts';
import { progressTo } from '../../run/progress.ts';
import type { Progress } from '../../run/progress.ts';
import { loadSuite } from '../../run/suite.ts';
import { interruption, RUNS } from '../common.ts';
import { EXIT, exitOf } from '../exit.ts';
import { text } from '../numbers.ts';

/** The defect that the demo plants, to show that the same callers notice it. */
const PLANTED = 'deaf-to-barge-in';

/**
 * `hangup demo`: the demo suite over SIP, its report, and then the same plans in virtual time against a broken agent.
 * Exits with the sound run's verdict, or with 4 when the planted fault went unnoticed.
 */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const progress = progressTo(process.stderr);
  const out = resolve(text(options, 'out') ?? RUNS);
  const ctrlC = interruption();
  try {
    progress.note('Twelve calls to the reference agent over SIP, in real time:');
    const sound = await perform(await asked(out, progress, ctrlC.signal, []));
    if (ctrlC.signal.aborted) return EXIT.interrupted;
    process.stdout.write(`\n${textReport(await withSite(sound, progress))}\n\n`);

    progress.note(`The same calls in virtual time, to an agent broken on purpose (${PLANTED}):`);
    const broken = await perform(await asked(out, progress, ctrlC.signal, [PLANTED]));
    if (ctrlC.signal.aborted) return EXIT.interrupted;
    process.stdout.write(`\n${textReport(broken)}\n\n`);
    const caught = broken.verdict === 'fail';
    process.stdout.write(caught ? `The planted fault was caught.\n` : `The planted fault was NOT caught.\n`);
    return caught ? exitOf(sound.verdict) : EXIT.invalid;
  } finally {
    ctrlC.stop();
  }
}

async function asked(
  out: string,
  progress: Progress,
  signal: AbortSignal,
  faults: readonly string[],
): Promise<Parameters<typeof perform>[0]> {
  const loaded = await loadSuite('demo');
  const { suite } = loaded;
  const virtual = faults.length > 0;
  return {
    suite,
    seed: suite.seed,
    venue: {
      target: suite.target,
      line: virtual ? 'loopback' : suite.line,
      time: virtual ? 'virtual' : 'real',
      faults,
      earWorkers: 2,
      allow: [],
    },
    beside: undefined,
    plans: await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined }),
    out,
    jobs: suite.jobs,
    maxMinutes: undefined,
    signal,
    progress,
  };
}

/** The report with its page built. */
async function withSite(report: RunReport, progress: Progress): Promise<RunReport> {
  const folder = join(report.paths.run, 'report');
  await buildSite({ runs: [report], out: folder, audio: 'failed', progress: (step) => progress.step(step) });
  progress.note('');
  return { ...report, paths: { ...report.paths, site: pathToFileURL(join(folder, 'index.html')).href } };
}
