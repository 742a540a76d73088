import { CODECS, type Codec } from '../model/line.ts';
import { codecKind } from '../rtp/codec.ts';
import { readCrypto, writeCrypto, type Crypto } from './crypto.ts';
import { bareHost } from './uri.ts';

/** Direction of a stream, from the point of view of whoever wrote the description (RFC 3264). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A codec and the payload type it goes under. */
export interface NumberedCodec {
  readonly codec: Codec;
  readonly payloadType: number;
}

/** Keys (RFC 4733) and the payload type they go under. */
export interface NumberedKeys {
  readonly payloadType: number;
  readonly clockRate: number;
}

/** The payload types we offer keys under, by their clock: that of the audio they go with. Many know the first one only. */
const USUAL_KEYS: NumberedKeys = { payloadType: 101, clockRate: 8_000 };
const OPUS_KEYS: NumberedKeys = { payloadType: 97, clockRate: 48_000 };

/** `RTP/SAVP` where encryption is a must (RFC 4568 section 6), `RTP/AVP` else. */
export type Profile = 'RTP/AVP' | 'RTP/SAVP';

/** What a description says of one audio stream. */
export interface MediaDescription {
  /** Where its writer wants to be sent to. */
  readonly host: string;
  readonly port: number;
  readonly profile: Profile;
  /** Codecs we know, in its writer's order. */
  readonly codecs: readonly NumberedCodec[];
  /** Empty when its writer takes no keys. */
  readonly keys: readonly NumberedKeys[];
  /** Keys of its writer that we can use, in its order; empty for plain RTP. */
  readonly cryptos: readonly Crypto[];
  readonly direction: Direction;
}

/** What we offer of `codecs`, under the numbers we give them. */
export function numbered(codecs: readonly Codec[]): Pick<MediaDescription, 'codecs' | 'keys'> {
  const onOpus = codecs.some((codec) => codecKind(codec).clockRate === OPUS_KEYS.clockRate);
  return {
    codecs: codecs.map((codec) => ({ codec, payloadType: codecKind(codec).payloadType })),
    keys: onOpus ? [USUAL_KEYS, OPUS_KEYS] : [USUAL_KEYS],
  };
}

/** Writes a description (RFC 8866). `version` grows with each of one session. */
export function writeSdp(media: MediaDescription, version: number): string {
  const host = bareHost(media.host);
  const family = host.includes(':') ? 'IP6' : 'IP4';
  const numbers = [...media.codecs, ...media.keys].map(({ payloadType }) => payloadType);
  const lines = [
    'v=0',
    `o=hangup ${media.port} ${version} IN ${family} ${host}`,
    's=call',
    `c=IN ${family} ${host}`,
    't=0 0',
    `m=audio ${media.port} ${media.profile} ${numbers.join(' ')}`,
    ...media.codecs.flatMap(codecLines),
    ...media.keys.flatMap(({ payloadType, clockRate }) => [
      `a=rtpmap:${payloadType} telephone-event/${clockRate}`,
      `a=fmtp:${payloadType} 0-15`,
    ]),
    ...media.cryptos.map(writeCrypto),
    'a=ptime:20',
    `a=${media.direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function codecLines({ codec, payloadType }: NumberedCodec): string[] {
  const { encoding, parameters } = codecKind(codec);
  const map = `a=rtpmap:${payloadType} ${encoding}`;
  return parameters === undefined ? [map] : [map, `a=fmtp:${payloadType} ${parameters}`];
}

const STREAM = /^m=audio (\d+)(?:\/\d+)? (RTP\/S?AVPF?) (.*)$/;

/** Reads the first audio stream of a description. Undefined when it has none over RTP. */
export function readSdp(text: string): MediaDescription | undefined {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => STREAM.test(line));
  if (from < 0) return undefined;
  const next = lines.findIndex((line, index) => index > from && line.startsWith('m='));
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  );
  const stream = lines.slice(from, next < 0 ? undefined : next);
  const [, port = '0', profile = '', formats = ''] = STREAM.exec(stream[0] ?? '') ?? [];
  const host = valueOf(stream, /^c=IN IP[46] ([^\s/]+)/) ?? valueOf(session, /^c=IN IP[46] ([^\s/]+)/);
  if (host === undefined) return undefined;
  const named = namesOf(stream);
  const offered = formats.trim().split(/\s+/).map(Number);
  return {
    host,
    port: Number(port),
    profile: profile.startsWith('RTP/SAVP') ? 'RTP/SAVP' : 'RTP/AVP',
    codecs: offered.flatMap((payloadType) => {
      const codec = codecOf(named.get(payloadType), payloadType);
      return codec ? [{ codec, payloadType }] : [];
    }),
    keys: offered.flatMap((payloadType) => {
      const clockRate = /^TELEPHONE-EVENT\/(\d+)/.exec(named.get(payloadType) ?? '')?.[1];
      return clockRate === undefined ? [] : [{ payloadType, clockRate: Number(clockRate) }];
    }),
    cryptos: stream.flatMap((line) => readCrypto(line) ?? []),
    direction: directionOf(stream) ?? directionOf(session) ?? 'sendrecv',
  };
}

/** Keys that go with `codec`: on its clock if there are any (RFC 4733 section 2.1), or on another. */
export function keysBeside({ keys }: Pick<MediaDescription, 'keys'>, codec: Codec): NumberedKeys | undefined {
  const { clockRate } = codecKind(codec);
  return keys.find((those) => those.clockRate === clockRate) ?? keys[0];
}

/** What we may do with a stream offered like this (RFC 3264 6.1). */
export const answering: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The other side does not want to hear us (RFC 3264 8.4; 0.0.0.0 by RFC 2543). */
export const onHold = (media: Pick<MediaDescription, 'direction' | 'host'>): boolean =>
  media.direction === 'sendonly' || media.direction === 'inactive' || media.host === '0.0.0.0';

/** Names of all formats in a description, for people. */
export function namesIn(text: string): readonly string[] {
  const formats = text.split(/\r?\n/).map((line) => /^a=rtpmap:\d+ ([^/\s]+)/.exec(line)?.[1]);
  return [...new Set(formats.filter((name) => name !== undefined))].filter((name) => name !== 'telephone-event');
}

function valueOf(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((value) => value !== undefined);
}

function namesOf(lines: readonly string[]): ReadonlyMap<number, string> {
  const pairs = lines.map((line) => /^a=rtpmap:(\d+) (\S+)/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair ? [[Number(pair[1]), (pair[2] ?? '').toUpperCase()] as const] : [])));
}

/**
 * What has a number of its own goes under that number only: nobody moves it, and a moved one could not be told from a
 * mistake. The rest goes by its name.
 */
function codecOf(name: string | undefined, payloadType: number): Codec | undefined {
  return CODECS.find((codec) => {
    const kind = codecKind(codec);
    const [encoding = '', clock = ''] = kind.encoding.toUpperCase().split('/');
    const isNamed = name !== undefined && name.startsWith(`${encoding}/${clock}`);
    return kind.isStatic ? kind.payloadType === payloadType && (name === undefined || isNamed) : isNamed;
  });
}

function directionOf(lines: readonly string[]): Direction | undefined {
  return valueOf(lines, /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/) as Direction | undefined;
}
