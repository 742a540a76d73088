import { LOWERED } from './sips.ts';
import type { Protocol } from './uri.ts';

/** What the wire must know of a SIP message: everything else is left to the user agent above it. */
export interface Head {
  /** Undefined in a response. */
  readonly method: string | undefined;
  /** 0 in a request. */
  readonly status: number;
  /** Method of the transaction: the CSeq's. */
  readonly transaction: string;
  /** Branch of the topmost Via. */
  readonly branch: string;
}

const startOfRequest = /^([A-Z]+) \S+ SIP\/2\.0\r?\n/;
const startOfResponse = /^SIP\/2\.0 (\d{3})/;
const branchParameter = /^(?:via|v)[ \t]*:[^\r\n]*?;[ \t]*branch=([^;,\s]+)/im;
const cseqHeader = /^cseq[ \t]*:[ \t]*\d+[ \t]+([A-Z]+)/im;

/** Reads the head of a message; undefined when it is not SIP or lacks what every transaction needs (RFC 3261 8.1.1). */
export function headOf(text: string): Head | undefined {
  const method = startOfRequest.exec(text)?.[1];
  const status = Number(startOfResponse.exec(text)?.[1] ?? 0);
  const branch = branchParameter.exec(text)?.[1];
  const transaction = cseqHeader.exec(text)?.[1];
  if ((method === undefined && status < 100) || branch === undefined || transaction === undefined) return undefined;
  return { method, status, transaction, branch };
}

/** Values of the headers called `name`, in order, compact form excluded. */
export const headersOf = (text: string, name: string): readonly string[] =>
  [...headersOnly(text).matchAll(new RegExp(`^${name}[ \\t]*:[ \\t]*([^\\r\\n]*)`, 'gim'))].map(
    ([, value = '']) => value,
  );

/** Value of the first header called `name`, compact form excluded; undefined when absent. */
export const headerOf = (text: string, name: string): string | undefined => headersOf(text, name)[0];

/** Adds a header line right after the start line. */
export const withHeader = (text: string, line: string): string => text.replace(/\r?\n/, `\r\n${line}\r\n`);

const foreignUri = /^x-hangup-request-uri[ \t]*:[^\r\n]*\r?\n/gim;

/** What stands before the name of a challenge that sip.js is not to read. */
const SHELTER = 'X-Hangup-';

/** Keeps the challenges of a response from sip.js: it drops the whole response when it cannot read one, and reads but the last. */
export const shelterChallenges = (text: string): string =>
  text.replace(/^(?:www|proxy)-authenticate(?=[ \t]*:)/gim, `${SHELTER}$&`);

/** The challenges of a response to which `shelterChallenges` was done: those of the callee (`www`), or of a proxy. */
export const challengesIn = (text: string, whose: 'www' | 'proxy'): readonly string[] =>
  headersOf(text, `${SHELTER}${whose}-authenticate`);

/** Carries the Request-URI as it arrived past a user agent that answers to one user only. */
export const REQUEST_URI_HEADER = 'X-Hangup-Request-Uri';

/** The request as if it were addressed to `user`; the Request-URI it came with is kept in a header. */
export function addressedTo(text: string, user: string): string {
  const found = /^([A-Z]+) (sip:)(?:[^@\s;?]*@)?(\S+) (SIP\/2\.0)/.exec(text);
  if (!found) return text;
  const [start, method, scheme, rest, version] = found;
  const original = start.slice(`${method} `.length, -` ${version}`.length);
  const renamed = `${method} ${scheme}${user}@${rest} ${version}${text.replace(foreignUri, '').slice(start.length)}`;
  return withHeader(renamed, `${REQUEST_URI_HEADER}: ${original}`);
}

/**
 * Our Contact as it can be reached over a connection: by which transport, and at which port (RFC 3261 8.1.1.8). In a
 * dialog that anything calls `sips:`, ours is `sips:` too, in the notation of `lowerSips` (RFC 3261 8.1.1.8 and 12.1.1).
 */
export function contactOver(text: string, protocol: Protocol, port: number): string {
  if (protocol === 'udp') return text;
  const way = protocol === 'tls' && headersOnly(text).includes(LOWERED) ? LOWERED : `;transport=${protocol}`;
  return text.replace(
    /^(contact[ \t]*:[ \t]*<sip:(?:[^@>\r\n]*@)?(?:\[[^\]]+\]|[^:;>\r\n]+))(?::\d+)?([^>\r\n]*>)/im,
    (_whole, address: string, rest: string) =>
      `${address}:${port}${rest.includes(';transport=') || rest.includes(LOWERED) ? '' : way}${rest}`,
  );
}

const headersOnly = (text: string): string => text.split('\r\n\r\n', 1)[0] ?? text;
