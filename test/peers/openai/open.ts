import OpenAI from 'openai';
import { openEngines } from '../../../agent/engines.ts';
import type { OpenEngines } from '../../../agent/engines.ts';
import { selfSigned } from '../../../agent/openai/certificate.ts';
import type { Certificate } from '../../../agent/openai/certificate.ts';
import { serveOpenAi } from '../../../agent/openai/server.ts';
import type { OpenAiServer, ServerOrders } from '../../../agent/openai/server.ts';
import { realClock } from '../../../harness/clock/real.ts';

let opened: Promise<OpenEngines> | undefined;

/** The engines of all servers here: their grammars take seconds to compile. */
const engines = (): Promise<OpenEngines> => (opened ??= openEngines(1));

export async function closeEngines(): Promise<void> {
  await (await opened)?.close();
}

/** A server, and the official client that talks to it. */
export interface Bench {
  readonly engines: OpenEngines;
  readonly server: OpenAiServer;
  readonly client: OpenAI;
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

/** Over TLS when a certificate is given. */
export async function openBench(
  orders: Partial<Pick<ServerOrders, 'latency' | 'atOnce' | 'certificate'>> = {},
): Promise<Bench> {
  const shared = await engines();
  const troubles: string[] = [];
  const server = await serveOpenAi({
    engines: shared,
    clock: realClock(),
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    trouble: (message) => void troubles.push(message),
    ...orders,
  });
  return {
    engines: shared,
    server,
    client: new OpenAI({ baseURL: server.url, apiKey: 'any', maxRetries: 0 }),
    troubles,
    close: () => server.close(),
  };
}

export const certificate = (): Promise<Certificate> => selfSigned('127.0.0.1');
