import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyOf } from 'node:stream/consumers';

/** What a scripted model does with one request. */
export type Behaviour =
  /** Answers with these pieces of text, and uses of tools after them, each torn in two. */
  | { readonly says: readonly string[]; readonly uses?: readonly { readonly name: string; readonly given: object }[] }
  /** The same, and then the socket breaks / nothing more comes / what comes is no JSON. */
  | { readonly says: readonly string[]; readonly breaks: 'dies' | 'stalls' | 'garbles' }
  | { readonly status: number };

/** A request as the server saw it. */
export interface Seen {
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | null;
    readonly tool_calls?: readonly object[];
  }[];
  readonly tools: readonly object[];
  /** Resolves when its connection was closed before the answer was whole. */
  readonly closed: Promise<void>;
}

/** A chat completions server that does what its script says, one behaviour a request; the last one again and again. */
export interface ScriptedModel {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const event = (choice: object): string => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
const usual = (delta: object): string => event({ delta, finish_reason: null });

/** Opens one on 127.0.0.1. */
export async function scriptedModel(...script: readonly Behaviour[]): Promise<ScriptedModel> {
  const seen: Seen[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const closed = Promise.withResolvers<void>();
    response.once('close', () => {
      if (!response.writableFinished) closed.resolve();
    });
    const { messages, tools } = JSON.parse(await bodyOf(request)) as Seen;
    const behaviour = script[Math.min(seen.length, script.length - 1)];
    seen.push({ messages, tools, closed: closed.promise });
    if (behaviour) perform(behaviour, response);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function perform(behaviour: Behaviour, response: ServerResponse): void {
  if ('status' in behaviour) {
    response.writeHead(behaviour.status, { 'content-type': 'application/json' });
    response.end('{"error":{"message":"not now"}}');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of behaviour.says) response.write(usual({ content: piece }));
  if ('breaks' in behaviour) return breakOff(behaviour.breaks, response);
  for (const [index, { name, given }] of (behaviour.uses ?? []).entries()) {
    const whole = JSON.stringify(given);
    const half = Math.ceil(whole.length / 2);
    const called = { index, id: `use-${name}`, type: 'function', function: { name, arguments: '' } };
    response.write(usual({ tool_calls: [called] }));
    for (const piece of [whole.slice(0, half), whole.slice(half)])
      response.write(usual({ tool_calls: [{ index, function: { arguments: piece } }] }));
  }
  response.write(event({ delta: {}, finish_reason: behaviour.uses ? 'tool_calls' : 'stop' }));
  response.end('data: [DONE]\n\n');
}

function breakOff(how: 'dies' | 'stalls' | 'garbles', response: ServerResponse): void {
  if (how === 'garbles') response.end('data: {"choices": [{"delta"\n\n');
  // What was written is sent before the socket breaks.
  if (how === 'dies') response.write(':\n\n', () => response.destroy());
}
