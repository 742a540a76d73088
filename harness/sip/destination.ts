import { headOf } from './message.ts';
import { portOf, readUri, uriHost, type Protocol, type SipUri } from './uri.ts';
import { viaOf } from './via.ts';

/** Where a message goes. */
export interface Destination {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
}

/** The hop a URI names. */
export const hopOf = (uri: SipUri): Destination => ({
  protocol: uri.transport,
  host: uri.host,
  port: portOf(uri),
});

/** A hop as people read it. */
export const placeIn = ({ host, port }: Pick<Destination, 'host' | 'port'>): string => `${uriHost(host)}:${port}`;

/**
 * Next hop of a message: a response goes where its Via says it came from (RFC 3261 18.2.2, RFC 3581),
 * a request to its first Route, else to its Request-URI (RFC 3261 8.1.2). Undefined when neither can be read.
 */
export function destinationOf(text: string): Destination | undefined {
  if (headOf(text)?.method === undefined) return backwards(text);
  const route = /^route[ \t]*:[ \t]*(<[^>\r\n]*>)/im.exec(text)?.[1];
  const uri = readUri(route ?? /^[A-Z]+ (\S+) /.exec(text)?.[1] ?? '');
  return uri && hopOf(uri);
}

function backwards(text: string): Destination | undefined {
  const via = viaOf(text);
  return via && { protocol: via.protocol, host: via.received ?? via.host, port: via.rport ?? via.port };
}
