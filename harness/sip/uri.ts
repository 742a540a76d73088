import { UsageError } from '../model/errors.ts';

/** A SIP URI taken apart (RFC 3261 19.1). */
export interface SipUri {
  readonly user: string | undefined;
  readonly host: string;
  /** Undefined when the URI names none: 5060 then. */
  readonly port: number | undefined;
  readonly transport: 'udp' | 'tcp';
  /** Embedded headers, names in lower case, values unescaped. */
  readonly headers: Readonly<Record<string, string>>;
}

const shape = /^sip:(?:([^@\s<>?]*)@)?(\[[0-9a-f:.]+\]|[^\s:;?<>@[\]]+)(?::(\d{1,5}))?((?:;[^\s;?<>]+)*)(?:\?(\S*))?$/i;

/** Reads a SIP URI, with or without angle brackets and display name; undefined when it is none. */
export function readUri(text: string): SipUri | undefined {
  const bare = /<([^>]*)>/.exec(text)?.[1] ?? text.trim();
  const found = shape.exec(bare);
  const port = found?.[3] === undefined ? undefined : Number(found[3]);
  if (!found || found[2] === undefined || (port !== undefined && port > 65_535)) return undefined;
  return {
    user: found[1]?.split(':')[0],
    host: found[2],
    port,
    transport: /;transport=tcp\b/i.test(found[4] ?? '') ? 'tcp' : 'udp',
    headers: readHeaders(found[5] ?? ''),
  };
}

/** Reads an address somebody typed. Throws UsageError with the shape that is expected. */
export function mustReadUri(address: string): SipUri {
  const uri = readUri(address);
  if (!uri) throw new UsageError(`"${address}" is not a SIP address; write it like sip:agent@10.0.0.5:5060`);
  return uri;
}

/** Without embedded headers and display name: what goes into a request line. */
export const writeUri = (uri: SipUri): string =>
  `sip:${uri.user === undefined ? '' : `${uri.user}@`}${uri.host}${uri.port === undefined ? '' : `:${uri.port}`}` +
  (uri.transport === 'tcp' ? ';transport=tcp' : '');

/** The host as sockets want it: without the brackets of IPv6. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

function readHeaders(query: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of query.split('&')) {
    const cut = pair.indexOf('=');
    if (cut > 0) headers[unescaped(pair.slice(0, cut)).toLowerCase()] = unescaped(pair.slice(cut + 1));
  }
  return headers;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
