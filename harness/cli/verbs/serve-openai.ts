import { openEngines } from '../../../agent/engines.ts';
import { selfSigned } from '../../../agent/openai/certificate.ts';
import type { Certificate } from '../../../agent/openai/certificate.ts';
import { LATENCY_STAGES } from '../../../agent/openai/latency.ts';
import type { DeclaredLatency, LatencyStage } from '../../../agent/openai/latency.ts';
import { serveOpenAi } from '../../../agent/openai/server.ts';
import { realClock } from '../../clock/real.ts';
import { DISTRIBUTIONS, readDistribution } from '../../model/distribution.ts';
import { UsageError } from '../../model/errors.ts';
import { text, wholeNumber } from '../numbers.ts';
import { toldToStop } from '../until.ts';

/** `hangup serve-openai`: the embedded engines behind OpenAI's API, until interrupted. Prints where as one JSON line. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const { host, port } = placeIn(text(options, 'listen') ?? '127.0.0.1:8090');
  const latency = latencyIn((options['latency'] as string[] | undefined) ?? []);
  const seed = wholeNumber(options, 'seed', '--seed') ?? 1;
  const trouble = (message: string): void => void process.stderr.write(`serve-openai: ${message}\n`);
  const engines = await openEngines(wholeNumber(options, 'earWorkers', '--ear-workers') ?? 2);
  let certificate: Certificate | undefined;
  try {
    if (options['tls'] === true) certificate = await selfSigned(host);
    const server = await serveOpenAi({
      engines,
      clock: realClock(),
      host,
      port,
      ...(certificate ? { certificate } : {}),
      latency,
      seed,
      trouble,
    });
    const realtime = server.url.replace(/^http/, 'ws');
    process.stdout.write(
      `${JSON.stringify({ url: server.url, realtime, ...(certificate && { ca: certificate.file }) })}\n`,
    );
    await toldToStop(options['untilStdinCloses'] === true);
    await server.close();
  } finally {
    // Engines that are left open would keep the process alive, and whoever started it waiting.
    certificate?.remove();
    await engines.close();
  }
  return 0;
}

function placeIn(where: string): { readonly host: string; readonly port: number } {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(where) ?? [];
  if (host === '' || Number(port) > 65_535) {
    throw new UsageError(`--listen takes an address and a port, e.g. 127.0.0.1:8090, not "${where}"`);
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

function latencyIn(words: readonly string[]): DeclaredLatency {
  return Object.fromEntries(
    words.map((word) => {
      const [stage = '', time = ''] = word.split('=');
      const distribution = readDistribution(time);
      if (!LATENCY_STAGES.includes(stage as LatencyStage)) {
        throw new UsageError(`--latency takes ${LATENCY_STAGES.join(', ')} with a time, e.g. chat=350, not "${word}"`);
      }
      if (!distribution) {
        throw new UsageError(`--latency ${stage} takes a time in ms such as ${DISTRIBUTIONS}, not "${time}"`);
      }
      return [stage, distribution] as const;
    }),
  );
}
