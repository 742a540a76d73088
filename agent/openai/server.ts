import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../../harness/model/errors.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { Engines } from '../agent.ts';
import type { Certificate } from './certificate.ts';
import { complete } from './chat.ts';
import { ApiError } from './errors.ts';
import { sendJson } from './exchange.ts';
import type { Backend, Endpoint } from './exchange.ts';
import { Latency } from './latency.ts';
import type { DeclaredLatency } from './latency.ts';
import { listModels } from './models.ts';
import { serveRealtime } from './realtime/socket.ts';
import { speak } from './speech.ts';
import { transcribe } from './transcription.ts';

/** What the server is to be. */
export interface ServerOrders {
  readonly engines: Engines;
  readonly clock: Clock;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** To be spoken to over TLS; plain without one. */
  readonly certificate?: Certificate;
  readonly latency?: DeclaredLatency;
  readonly seed: number;
  /** Requests under way at once; what comes beyond is refused with 429. */
  readonly atOnce?: number;
  /** Told, in one line, about trouble of our own. */
  readonly trouble: (message: string) => void;
}

/** A server that speaks OpenAI's API. */
export interface OpenAiServer {
  /** For a client's `baseURL`, e.g. `http://127.0.0.1:40123/v1`. */
  readonly url: string;
  /** Ends every exchange and frees the port; engines stay their owner's. */
  close(): Promise<void>;
}

/** More than any test or matrix asks for; a client that loops is told. */
const AT_ONCE = 64;

const declared: Endpoint = (exchange) => sendJson(exchange, exchange.backend.latency.declared);

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /v1/models': listModels,
  'GET /v1/hangup/latency': declared,
  'POST /v1/chat/completions': complete,
  'POST /v1/audio/speech': speak,
  'POST /v1/audio/transcriptions': transcribe,
};

/** Opens the server. Rejects with UsageError when the address is taken. */
export async function serveOpenAi(orders: ServerOrders): Promise<OpenAiServer> {
  const { certificate, host, port } = orders;
  const backend = backendOf(orders);
  const closing = new AbortController();
  const listener = answering(backend, orders.atOnce ?? AT_ONCE, closing.signal);
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  const hangUpAll = serveRealtime(server, backend, demandKey);
  await listening(server, host, port);
  const { port: found } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${certificate ? 'https' : 'http'}://${name}:${found}/v1`,
    close: async () => {
      closing.abort();
      hangUpAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function backendOf({ engines, clock, latency = {}, seed, trouble }: ServerOrders): Backend {
  let count = 0;
  const newId = (kind: string): string => `${kind}-${(++count).toString(36).padStart(6, '0')}`;
  return { engines, clock, latency: new Latency(latency, clock, seed), newId, trouble };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`cannot listen on ${host}:${port} (${error.code}); choose another port with --listen`)),
    );
    server.listen(port, host, resolve);
  });
}

function answering(backend: Backend, atOnce: number, closing: AbortSignal): RequestListener {
  let underWay = 0;
  return (request, response) => {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const gone = AbortSignal.any([left.signal, closing]);
    const exchange = { request, response, backend, since: backend.clock.now(), gone };
    underWay++;
    const answer = async (): Promise<void> => {
      if (underWay > atOnce) throw new ApiError(429, 'rate_limit_exceeded', `More than ${atOnce} requests at once`);
      await endpointFor(request)(exchange);
    };
    void answer()
      .catch((error: unknown) => refuse(response, error, backend))
      .finally(() => underWay--);
  };
}

/** Throws ApiError for a request without a key, or one that nothing here answers. */
function endpointFor(request: IncomingMessage): Endpoint {
  demandKey(request);
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const endpoint = ENDPOINTS[`${request.method} ${pathname}`];
  if (endpoint) return endpoint;
  throw new ApiError(404, 'unknown_url', `Invalid URL (${request.method} ${pathname})`);
}

/** Any key will do, as long as there is one: a client that forgets it here would fail elsewhere. */
function demandKey({ headers: { authorization = '' } }: IncomingMessage): void {
  if (/^Bearer \S+$/.test(authorization)) return;
  const message = 'You did not provide an API key; any will do here, as Authorization: Bearer KEY';
  throw new ApiError(401, 'invalid_api_key', message);
}

function refuse(response: ServerResponse, error: unknown, { trouble }: Backend): void {
  if (!(error instanceof ApiError)) trouble(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (response.headersSent) return void response.destroy();
  const refusal = error instanceof ApiError ? error : new ApiError(500, 'internal_error', 'The server had an error');
  response.writeHead(refusal.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: refusal.body }));
}
