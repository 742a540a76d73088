import type { Protocol } from './uri.ts';

/** The topmost Via of a message (RFC 3261 18.2, RFC 3581). */
export interface Via {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly received: string | undefined;
  readonly rport: number | undefined;
}

const topVia = /^((?:via|v)[ \t]*:[ \t]*SIP\/2\.0\/)(\w+)([ \t]+)(\[[^\]]+\]|[^;:\s,]+)(?::(\d+))?([^\r\n,]*)/im;

/** Reads the topmost Via; undefined when there is none. */
export function viaOf(text: string): Via | undefined {
  const found = topVia.exec(text);
  if (!found) return undefined;
  const parameters = found[6] ?? '';
  const named = found[2]?.toLowerCase();
  const protocol = named === 'tcp' || named === 'tls' ? named : 'udp';
  const rport = /;[ \t]*rport=(\d+)/i.exec(parameters)?.[1];
  return {
    protocol,
    host: found[4] ?? '',
    port: Number(found[5] ?? (protocol === 'tls' ? 5061 : 5060)),
    received: /;[ \t]*received=([^;\s]+)/i.exec(parameters)?.[1],
    rport: rport === undefined ? undefined : Number(rport),
  };
}

/** Writes how and from where we send into the topmost Via: the user agent above knows neither port nor protocol. */
export const stampVia = (text: string, protocol: Protocol, port: number): string =>
  text.replace(
    topVia,
    (_all, start: string, _protocol: string, gap: string, host: string, _port: string | undefined, rest: string) =>
      `${start}${protocol.toUpperCase()}${gap}${host}:${port}${rest}`,
  );

/** Undoes `stampVia` in a response: a sent-by with a port would be taken for somebody else's. */
export const unstampVia = (text: string): string =>
  text.replace(
    topVia,
    (_all, start: string, protocol: string, gap: string, host: string, _port: string | undefined, rest: string) =>
      `${start}${protocol}${gap}${host}${rest}`,
  );

/** Notes in a request where it really came from, so that the response finds the way back (RFC 3581 section 4). */
export const markReceived = (text: string, address: string, port: number): string =>
  text.replace(topVia, (whole: string) => {
    const bare = whole.replace(/;[ \t]*(?:received|rport)(?:=[^;\s,]*)?(?=[;\s,]|$)/gi, '');
    return `${bare};received=${address};rport=${port}`;
  });
