import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Clock, Ms } from '../../harness/model/time.ts';
import type { Engines } from '../agent.ts';
import { ApiError, badRequest } from './errors.ts';
import type { Delay, Latency } from './latency.ts';

/** What the endpoints answer with. */
export interface Backend {
  readonly engines: Engines;
  readonly clock: Clock;
  readonly latency: Latency;
  /** A new name, e.g. `chatcmpl-3`. */
  readonly newId: (kind: string) => string;
  /** Told, in one line, about trouble of our own. */
  readonly trouble: (message: string) => void;
}

/** One request under way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly backend: Backend;
  /** When it came, on the backend's clock. */
  readonly since: Ms;
  /** Aborted when the client has gone away, or the server closes. */
  readonly gone: AbortSignal;
}

export type Endpoint = (exchange: Exchange) => Promise<void>;

/** What a client may send at once, bytes: OpenAI's own limit of a recording. */
const LIMIT = 25 * 1024 * 1024;

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LIMIT) throw new ApiError(413, 'request_too_large', `A request may have ${LIMIT} bytes at most`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** The request's JSON, as `schema` wants it. Throws ApiError naming the parameter that is wrong. */
export async function jsonOf<T>({ request }: Exchange, schema: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await bytesOf(request));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('We could not parse the JSON body of your request');
  }
  return checked(schema, value);
}

/** `value` as `schema` wants it. Throws ApiError naming the parameter that is wrong. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') || null;
  throw badRequest(`${param === null ? 'The request' : `'${param}'`}: ${issue?.message ?? 'not valid'}`, param);
}

/** The fields and files of a multipart request. */
export async function formOf({ request }: Exchange): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  const body = await bytesOf(request);
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw badRequest('The request must be multipart/form-data with a file');
  }
}

/** Says how long was waited by declaration. */
const declaring = ({ ms }: Delay): Readonly<Record<string, string>> => ({ 'x-hangup-latency-ms': ms.toFixed(2) });

/** Answers with `value` as JSON, once `delay` has passed. */
export async function sendJson({ response, gone }: Exchange, value: unknown, delay?: Delay): Promise<void> {
  await delay?.pass(gone);
  if (gone.aborted) return;
  response.writeHead(200, { 'content-type': 'application/json', ...(delay && declaring(delay)) });
  response.end(JSON.stringify(value));
}

/**
 * Answers piece by piece, the first once `delay` has passed. Stops asking for pieces as soon as the client has gone away,
 * and waits for one that reads slowly.
 */
export async function sendPieces(
  { response, gone }: Exchange,
  type: string,
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  delay: Delay,
): Promise<void> {
  let begun = false;
  for await (const piece of pieces) {
    if (!begun) {
      await delay.pass(gone);
      if (gone.aborted) return;
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', ...declaring(delay) });
      begun = true;
    }
    if (gone.aborted) return;
    if (!response.write(piece)) await drained(response, gone);
  }
  if (!begun && !gone.aborted) response.writeHead(200, { 'content-type': type, ...declaring(delay) });
  response.end();
}

/** The type of a stream of events. */
export const SSE = 'text/event-stream; charset=utf-8';

/** One event of such a stream. */
export const sse = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => resolve();
    response.once('drain', go);
    gone.addEventListener('abort', go, { once: true });
  });
}
