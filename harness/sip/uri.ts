import { UsageError } from '../model/errors.ts';
import { LOWERED } from './sips.ts';

/** How SIP travels: each needs another Via, and its own kind of connection (RFC 3261 18). */
export type Protocol = 'udp' | 'tcp' | 'tls';

/** A SIP URI taken apart (RFC 3261 19.1). */
export interface SipUri {
  readonly user: string | undefined;
  readonly host: string;
  /** Undefined when the URI names none: 5060 then, or 5061 over TLS. */
  readonly port: number | undefined;
  readonly transport: Protocol;
  /** Written `sips:`: TLS on every hop. */
  readonly secure: boolean;
  /** Embedded headers, names in lower case, values unescaped. */
  readonly headers: Readonly<Record<string, string>>;
}

const shape =
  /^(sips?):(?:([^@\s<>?]*)@)?(\[[0-9a-f:.]+\]|[^\s:;?<>@[\]]+)(?::(\d{1,5}))?((?:;[^\s;?<>]+)*)(?:\?(\S*))?$/i;

/** Reads a SIP URI, with or without angle brackets and display name; undefined when it is none. */
export function readUri(text: string): SipUri | undefined {
  const bare = /<([^>]*)>/.exec(text)?.[1] ?? text.trim();
  const found = shape.exec(bare);
  const port = found?.[4] === undefined ? undefined : Number(found[4]);
  if (!found || found[3] === undefined || (port !== undefined && port > 65_535)) return undefined;
  const parameters = found[5] ?? '';
  const secure = found[1]?.toLowerCase() === 'sips' || parameters.includes(LOWERED);
  return {
    user: found[2]?.split(':')[0],
    host: found[3],
    port,
    transport: secure ? 'tls' : protocolIn(parameters),
    secure,
    headers: readHeaders(found[6] ?? ''),
  };
}

/** The protocol a URI's parameters ask for: UDP when they are silent, or ask for one we do not speak. */
function protocolIn(parameters: string): Protocol {
  const named = /;transport=(\w+)/i.exec(parameters)?.[1]?.toLowerCase();
  return named === 'tcp' || named === 'tls' ? named : 'udp';
}

/** Reads an address somebody typed. Throws UsageError with the shape that is expected. */
export function mustReadUri(address: string): SipUri {
  const uri = readUri(address);
  if (!uri) throw new UsageError(`"${address}" is not a SIP address; write it like sip:agent@10.0.0.5:5060`);
  return uri;
}

/** Without embedded headers and display name: what goes into a request line. */
export const writeUri = (uri: SipUri): string =>
  `${uri.secure ? 'sips' : 'sip'}:${uri.user === undefined ? '' : `${uri.user}@`}${uriHost(uri.host)}` +
  (uri.port === undefined ? '' : `:${uri.port}`) +
  (uri.secure || uri.transport === 'udp' ? '' : `;transport=${uri.transport}`);

/** The port a URI means: its own, or the default of its protocol (RFC 3261 19.1.2). */
export const portOf = ({ port, transport }: Pick<SipUri, 'port' | 'transport'>): number =>
  port ?? (transport === 'tls' ? 5061 : 5060);

/** The host as sockets want it: without the brackets of IPv6. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

/** The host as URIs, Via and Contact want it: IPv6 in brackets. */
export const uriHost = (host: string): string => (bareHost(host).includes(':') ? `[${bareHost(host)}]` : host);

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
