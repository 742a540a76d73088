import type { Codec } from '../model/line.ts';
import { PAYLOAD_TYPE } from '../rtp/g711.ts';

/** Direction of a stream, from the point of view of whoever wrote the description (RFC 3264). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The payload type we offer keys under. */
export const TELEPHONE_EVENT = 101;

/** Our end of the media, as a description tells it. */
export interface LocalMedia {
  readonly host: string;
  readonly port: number;
  /** In order of preference. */
  readonly codecs: readonly Codec[];
}

/** What the other side's description says of its audio. */
export interface RemoteMedia {
  readonly host: string;
  readonly port: number;
  /** Codecs we know, in the other side's order. */
  readonly codecs: readonly Codec[];
  /** Its payload type for keys (RFC 4733); undefined when it takes none. */
  readonly telephoneEvent: number | undefined;
  readonly direction: Direction;
}

/** Writes a description: an offer of `media.codecs`, or an answer when only the chosen one is among them. */
export function writeSdp(
  media: LocalMedia,
  version: number,
  direction: Direction,
  telephoneEvent: number | undefined,
): string {
  const family = media.host.includes(':') ? 'IP6' : 'IP4';
  const numbers = media.codecs.map((codec) => PAYLOAD_TYPE[codec]);
  const keys = telephoneEvent === undefined ? [] : [telephoneEvent];
  const lines = [
    'v=0',
    `o=hangup ${media.port} ${version} IN ${family} ${media.host}`,
    's=call',
    `c=IN ${family} ${media.host}`,
    't=0 0',
    `m=audio ${media.port} RTP/AVP ${[...numbers, ...keys].join(' ')}`,
    ...media.codecs.map((codec) => `a=rtpmap:${PAYLOAD_TYPE[codec]} ${codec}/8000`),
    ...keys.flatMap((key) => [`a=rtpmap:${key} telephone-event/8000`, `a=fmtp:${key} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** Reads the first audio stream of a description (RFC 8866). Undefined when it has none over plain RTP. */
export function readSdp(text: string): RemoteMedia | undefined {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => /^m=audio \d+(?:\/\d+)? RTP\/AVP /.test(line));
  if (from < 0) return undefined;
  const next = lines.findIndex((line, index) => index > from && line.startsWith('m='));
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  );
  const stream = lines.slice(from, next < 0 ? undefined : next);
  const [, port = '0', formats = ''] = /^m=audio (\d+)(?:\/\d+)? RTP\/AVP (.*)$/.exec(stream[0] ?? '') ?? [];
  const host = valueOf(stream, /^c=IN IP[46] ([^\s/]+)/) ?? valueOf(session, /^c=IN IP[46] ([^\s/]+)/);
  if (host === undefined) return undefined;
  const named = namesOf(stream);
  const offered = formats.trim().split(/\s+/).map(Number);
  return {
    host,
    port: Number(port),
    codecs: offered.flatMap((payloadType) => {
      const codec = codecOf(named.get(payloadType), payloadType);
      return codec ? [codec] : [];
    }),
    telephoneEvent: offered.find((payloadType) => named.get(payloadType) === 'TELEPHONE-EVENT/8000'),
    direction: directionOf(stream) ?? directionOf(session) ?? 'sendrecv',
  };
}

/** What we may do with a stream offered like this (RFC 3264 6.1). */
export const answering: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The other side does not want to hear us (RFC 3264 8.4; 0.0.0.0 by RFC 2543). */
export const onHold = (media: RemoteMedia): boolean =>
  media.direction === 'sendonly' || media.direction === 'inactive' || media.host === '0.0.0.0';

function valueOf(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((value) => value !== undefined);
}

function namesOf(lines: readonly string[]): ReadonlyMap<number, string> {
  const pairs = lines.map((line) => /^a=rtpmap:(\d+) (\S+)/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair ? [[Number(pair[1]), (pair[2] ?? '').toUpperCase()] as const] : [])));
}

/** G.711 under its own number only: nobody moves it, and a moved one could not be told from a mistake. */
function codecOf(name: string | undefined, payloadType: number): Codec | undefined {
  const codec = (['PCMU', 'PCMA'] as const).find((known) => PAYLOAD_TYPE[known] === payloadType);
  return name === undefined || name.startsWith(`${codec}/8000`) ? codec : undefined;
}

function directionOf(lines: readonly string[]): Direction | undefined {
  return valueOf(lines, /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/) as Direction | undefined;
}
