import { headOf } from './message.ts';
import { readUri } from './uri.ts';
import { viaOf } from './via.ts';

/** Where a message goes. */
export interface Destination {
  readonly protocol: 'udp' | 'tcp';
  readonly host: string;
  readonly port: number;
}

/**
 * Next hop of a message: a response goes where its Via says it came from (RFC 3261 18.2.2, RFC 3581),
 * a request to its first Route, else to its Request-URI (RFC 3261 8.1.2). Undefined when neither can be read.
 */
export function destinationOf(text: string): Destination | undefined {
  if (headOf(text)?.method === undefined) return backwards(text);
  const route = /^route[ \t]*:[ \t]*(<[^>\r\n]*>)/im.exec(text)?.[1];
  const uri = readUri(route ?? /^[A-Z]+ (\S+) /.exec(text)?.[1] ?? '');
  return uri && { protocol: uri.transport, host: uri.host, port: uri.port ?? 5060 };
}

function backwards(text: string): Destination | undefined {
  const via = viaOf(text);
  return via && { protocol: via.protocol, host: via.received ?? via.host, port: via.rport ?? via.port };
}
