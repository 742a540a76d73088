import { request as plain, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';

/** A question over HTTP. */
export interface Ask {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Calls it off; without one, it is given up after a few seconds. */
  readonly signal?: AbortSignal | undefined;
  /** A certificate authority to trust besides the known ones, PEM. */
  readonly ca?: string | undefined;
}

export interface Reply {
  readonly status: number;
  /** Where the answer finally came from, redirects followed. */
  readonly url: URL;
  /** By lower-case names; `link` of several lines joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MOST_REDIRECTS = 5;

/** Nobody waits longer for an answer that cannot be called off, ms. */
const LIMIT_MS = 5_000;

/** A description is small; whoever sends more than this sends something else, bytes. */
const MOST = 1_000_000;

/** Asks, and follows redirects that keep the method (307, 308). Rejects when nobody can be reached, or `signal` aborts. */
export async function ask(question: Ask, redirects = 0): Promise<Reply> {
  const reply = await askOnce(question);
  const { location } = reply.headers;
  if ((reply.status !== 307 && reply.status !== 308) || location === undefined) return reply;
  if (redirects === MOST_REDIRECTS) throw new Error(`it redirected ${MOST_REDIRECTS} times`);
  const url = new URL(location, reply.url);
  const { authorization: _kept, ...others } = question.headers;
  // Who we are is nobody's business but the host's that was named.
  const headers = url.origin === reply.url.origin ? question.headers : others;
  return ask({ ...question, url, headers }, redirects + 1);
}

function askOnce({ method, url, headers, body, signal, ca }: Ask): Promise<Reply> {
  const send = url.protocol === 'https:' ? secure : plain;
  return new Promise((resolve, reject) => {
    const options = { method, agent: false, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    const asked = send(url, { ...options, ...(signal && { signal }), ...(ca !== undefined && { ca }) }, (answer) => {
      textOf(answer).then((text) => resolve(replyOf(answer, url, text)), reject);
    });
    asked.on('error', reject);
    if (!signal) asked.setTimeout(LIMIT_MS, () => asked.destroy(new Error(`no answer within ${LIMIT_MS / 1000} s`)));
    asked.end(body);
  });
}

const replyOf = ({ statusCode = 0, headers }: IncomingMessage, url: URL, body: string): Reply => ({
  status: statusCode,
  url,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')])),
  body,
});

/** The whole body of a message, as text. Rejects when it is far too long. */
export async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST) throw new Error(`the body is longer than ${MOST} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
