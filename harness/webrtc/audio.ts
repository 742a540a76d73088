import { CODECS, type Codec } from '../model/line.ts';
import { codecKind } from '../rtp/codec.ts';
import type { PayloadTypes } from '../rtp/inbox.ts';
import type { LegSetup } from '../rtp/rtp-leg.ts';
import type { Format } from './mail.ts';
import type { AudioSection } from './sdp.ts';

/** What both sides settled on. */
export interface AgreedAudio {
  readonly codec: Codec;
  /** Payload type of what we send. */
  readonly payloadType: number;
  readonly keys: LegSetup['keys'];
  readonly accepts: PayloadTypes;
}

/** The numbers browsers give them: Opus 111, keys 110 on its clock and 126 on that of telephones. */
const OPUS = 111;
const KEYS: Readonly<Record<number, number>> = { 48_000: 110, 8_000: 126 };

const EVENT = 'telephone-event';

/** What we offer, each codec under its number, keys behind. */
export function offered(codecs: readonly Codec[]): readonly Format[] {
  const clocks = [...new Set(codecs.map((codec) => codecKind(codec).clockRate))];
  return [
    ...codecs.map((codec) => formatFor(codec, codec === 'opus' ? OPUS : codecKind(codec).payloadType)),
    ...clocks.map((clock) => keysOn(clock, KEYS[clock] ?? 126)),
  ];
}

/**
 * What we answer to `theirs`: the first of their codecs that is among `ours`, under their number, and keys on its clock;
 * undefined when there is none.
 */
export function answered(theirs: AudioSection, ours: readonly Codec[]): readonly Format[] | undefined {
  const [format] = codecsIn(theirs.formats).filter(({ codec }) => ours.includes(codec));
  if (!format) return undefined;
  const { clockRate } = codecKind(format.codec);
  const keys = keysIn(theirs.formats).find((each) => each.clockRate === clockRate);
  return [formatFor(format.codec, format.payloadType), ...(keys ? [keysOn(clockRate, keys.payloadType)] : [])];
}

/** What `local` and `remote`, offer and answer in whichever order, come to; undefined when they share no codec. */
export function agreed(local: readonly Format[], remote: readonly Format[]): AgreedAudio | undefined {
  const mine = codecsIn(local);
  const [chosen] = codecsIn(remote).filter(({ codec }) => mine.some((each) => each.codec === codec));
  if (!chosen) return undefined;
  const { clockRate } = codecKind(chosen.codec);
  const theirKeys = keysIn(remote);
  const numbers = [...mine, ...codecsIn(remote)];
  return {
    ...chosen,
    keys: theirKeys.find((each) => each.clockRate === clockRate),
    accepts: {
      codecs: Object.fromEntries(numbers.map(({ payloadType, codec }) => [payloadType, codec])),
      events: [...new Set([...keysIn(local), ...theirKeys].map(({ payloadType }) => payloadType))],
    },
  };
}

/** Names of the codecs in `formats`, for a sentence about them. */
export const namesOf = (formats: readonly Format[]): string =>
  [...new Set(formats.map(({ encoding }) => encoding.split('/')[0]))].join(', ') || 'none';

function formatFor(codec: Codec, payloadType: number): Format {
  const { encoding, parameters } = codecKind(codec);
  return { payloadType, encoding, ...(parameters !== undefined && { parameters }) };
}

const keysOn = (clockRate: number, payloadType: number): Format => ({
  payloadType,
  encoding: `${EVENT}/${clockRate}`,
  parameters: '0-15',
});

function codecsIn(formats: readonly Format[]): readonly { readonly codec: Codec; readonly payloadType: number }[] {
  return formats.flatMap(({ encoding, payloadType }) => {
    const codec = CODECS.find((each) => isSame(codecKind(each).encoding, encoding));
    return codec ? [{ codec, payloadType }] : [];
  });
}

/** Encodings are named without regard to case (RFC 8866 6.6), and one channel may be left unsaid. */
const isSame = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (encoding: string): string => encoding.toLowerCase().replace(/\/1$/, '');

function keysIn(formats: readonly Format[]): readonly { readonly payloadType: number; readonly clockRate: number }[] {
  return formats.flatMap(({ encoding, payloadType }) => {
    const [name = '', clock = '8000'] = encoding.split('/');
    return name.toLowerCase() === EVENT ? [{ payloadType, clockRate: Number(clock) }] : [];
  });
}
