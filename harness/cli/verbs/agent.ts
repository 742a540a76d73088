import { openTracing } from '../../../agent/otlp.ts';
import { serveAgent } from '../../../agent/serve.ts';
import { realClock } from '../../clock/real.ts';
import { openReference } from '../../run/reference.ts';
import sip from '../../lines/sip.ts';
import { text, wholeNumber } from '../numbers.ts';
import { presenceFrom } from '../presence.ts';
import { makeupFrom } from '../makeup-options.ts';
import { toldToStop } from '../until.ts';

/** `hangup agent`: the reference agent and the metronome, until interrupted. Prints their addresses as one JSON line. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const clock = realClock();
  const where = text(options, 'sip') ?? '127.0.0.1:5060';
  const faults = (options['fault'] as string[] | undefined) ?? [];
  const trouble = (message: string): void => void process.stderr.write(`reference agent: ${message}\n`);
  const presence = presenceFrom(options, trouble);
  const makeup = makeupFrom(options);
  const tracing = openTracing({ clock, url: text(options, 'otlp'), makeup, env: process.env, trouble });
  const transport = await sip.open(clock);
  try {
    const reference = await openReference(
      { faults, manners: text(options, 'manners'), makeup },
      wholeNumber(options, 'earWorkers', '--ear-workers') ?? 2,
    );
    try {
      const serving = await serveAgent({
        transport,
        clock,
        parts: reference.parts,
        agent: `sip:agent@${where}`,
        metronome: `sip:metronome@${where.replace(/:\d+(?=;|$)/, ':0')}`,
        presence,
        office: text(options, 'office'),
        seed: 1,
        tracing,
        trouble,
      });
      process.stdout.write(`${JSON.stringify({ agent: serving.agent, metronome: serving.metronome })}\n`);
      await toldToStop(options['untilStdinCloses'] === true);
      await serving.close();
    } finally {
      await reference.close();
    }
  } finally {
    // What is left open would keep the process alive, and whoever started it waiting.
    await Promise.all([transport.close(), tracing?.close()]);
  }
  return 0;
}
