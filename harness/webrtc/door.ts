import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../model/errors.ts';
import type { Page } from '../model/line.ts';
import type { Answering, Hall, Request } from './answering/answering.ts';
import { textOf } from './http.ts';
import { Ringing } from './ringing.ts';
import { STATUS_HEADER } from './signalling/signalling.ts';

/** One path at which offers are taken. */
export interface Form {
  readonly path: string;
  readonly answering: Answering;
}

/** What somebody who listens at a door does. */
export interface Doorkeeper {
  readonly forms: readonly Form[];
  /** Takes an offer that came by one of the forms. */
  onRing(ringing: Ringing, form: Form): void;
  /** What is at another path, for browsers; undefined for nothing. */
  readonly page?: ((path: string) => Promise<Page | undefined>) | undefined;
}

/** An HTTP server at which offers are taken. */
export interface Door {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

const TEXT = { 'content-type': 'text/plain' };

/** Opens a door at `host` and `port`. Rejects with UsageError when the address is taken or is not ours. */
export async function openDoor(host: string, port: number, keeper: Doorkeeper): Promise<Door> {
  const calls = new Map<string, Ringing>();
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, keeper, calls);
  });
  await bound(server, host, port);
  const { port: found } = server.address() as AddressInfo;
  return {
    host,
    port: found,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new UsageError(
          `cannot listen at http://${host}:${port} (${error.code ?? error.message}); take another address`,
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  keeper: Doorkeeper,
  calls: Map<string, Ringing>,
): Promise<void> {
  const reply: Request['reply'] = (status, headers = {}, body = '') => {
    if (!outgoing.writableEnded) outgoing.writeHead(status, headers).end(body);
  };
  try {
    const { pathname } = new URL(incoming.url ?? '/', 'http://door');
    const form = keeper.forms.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    if (!form) return await show(pathname, incoming, outgoing, keeper);
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const request: Request = {
      method: incoming.method ?? 'GET',
      path: form.path,
      rest: pathname.slice(form.path.length + 1),
      headers: headersOf(incoming),
      body: await textOf(incoming),
      from: incoming.socket.remoteAddress ?? 'somebody',
      gone: gone.signal,
      reply,
    };
    form.answering(request, hallOf(form, keeper, calls));
  } catch (error) {
    reply(400, TEXT, error instanceof Error ? error.message : String(error));
  }
}

function hallOf(form: Form, keeper: Doorkeeper, calls: Map<string, Ringing>): Hall {
  return {
    find: (id) => calls.get(id),
    ring: (request, { offer, headers, answer }) => {
      const id = randomUUID();
      const ringing = new Ringing(
        id,
        { offer, from: request.from, headers },
        {
          answer: (sdp) => answer(id, sdp),
          refuse: (status, words, why) => request.reply(status, { ...TEXT, [STATUS_HEADER]: words }, why),
          forget: () => calls.delete(id),
        },
      );
      calls.set(id, ringing);
      request.gone.addEventListener('abort', () => ringing.givenUp());
      // Outside the server, which swallows what a request throws: a fault of the listener's own must be seen.
      queueMicrotask(() => keeper.onRing(ringing, form));
    },
  };
}

/** A page lives off its own server alone, is in nobody's frame, and asks for the microphone itself. */
const ALONE = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'permissions-policy': 'microphone=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

async function show(
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  keeper: Doorkeeper,
): Promise<void> {
  const page = incoming.method === 'GET' ? await keeper.page?.(path) : undefined;
  if (!page) return void outgoing.writeHead(404, TEXT).end('nothing is here');
  outgoing.writeHead(200, { ...ALONE, 'content-type': page.type }).end(page.body);
}

/** What proves who somebody is to a web server is no header of a call. */
const SECRET: readonly string[] = ['authorization', 'cookie', 'proxy-authorization'];

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || SECRET.includes(name) ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
