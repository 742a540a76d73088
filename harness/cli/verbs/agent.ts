import { serveAgent } from '../../../agent/serve.ts';
import { realClock } from '../../clock/real.ts';
import { UsageError } from '../../model/errors.ts';
import type { Presence } from '../../model/line.ts';
import { accessOf, pem } from '../../run/access.ts';
import { openReference } from '../../run/reference.ts';
import sip from '../../lines/sip.ts';
import { text, wholeNumber } from '../numbers.ts';
import { sipFrom } from '../sip-options.ts';

/** `hangup agent`: the reference agent and the metronome, until interrupted. Prints their addresses as one JSON line. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const clock = realClock();
  const where = text(options, 'sip') ?? '127.0.0.1:5060';
  const faults = (options['fault'] as string[] | undefined) ?? [];
  const presence = presenceFrom(options);
  const transport = await sip.open(clock);
  const reference = await openReference(
    { faults, manners: text(options, 'manners') },
    wholeNumber(options, 'earWorkers', '--ear-workers') ?? 2,
    clock,
  );
  const trouble = (message: string): void => void process.stderr.write(`reference agent: ${message}\n`);
  const serving = await serveAgent({
    transport,
    clock,
    parts: reference.parts,
    agent: `sip:agent@${where}`,
    metronome: `sip:metronome@${where.replace(/:\d+(?=;|$)/, ':0')}`,
    presence,
    office: text(options, 'office'),
    seed: 1,
    trouble,
  });
  process.stdout.write(`${JSON.stringify({ agent: serving.agent, metronome: serving.metronome })}\n`);
  await toldToStop(options['untilStdinCloses'] === true);
  await serving.close();
  await Promise.all([transport.close(), reference.close()]);
  return 0;
}

/** How the agent is known to its callers. Throws UsageError for half a certificate and for files that cannot be read. */
function presenceFrom(options: Record<string, unknown>): Presence {
  const [cert, key] = [text(options, 'tlsCert'), text(options, 'tlsKey')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${cert ? '--tls-cert' : '--tls-key'} needs ${cert ? '--tls-key' : '--tls-cert'} beside it`);
  }
  const trouble = (sentence: string): void => void process.stderr.write(`reference agent: ${sentence}\n`);
  return {
    ...accessOf(sipFrom(options)),
    ...(cert !== undefined &&
      key !== undefined && {
        certificate: {
          cert: pem(cert, 'the certificate', '--tls-cert'),
          key: pem(key, 'the key', '--tls-key'),
        },
      }),
    trouble,
  };
}

/** Resolves on ctrl-C or a termination signal, or when the process that started this one is gone. */
function toldToStop(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    // Ctrl-C reaches both: whoever started this agent hangs up first and closes its input when it may go.
    if (withParent) process.on('SIGINT', () => undefined);
    else process.once('SIGINT', () => resolve());
    if (withParent) process.stdin.once('end', () => resolve()).resume();
  });
}
