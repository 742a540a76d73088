import { PHONE_RATE } from '../model/audio.ts';
import type { CodecKind } from './codec.ts';
import { decodeG711, encodeG711, type G711 } from './g711.ts';
import { doubler, halver } from '../model/half-band.ts';

/** One of G.711's two laws as a codec. It keeps no state; a phone of the wide band goes through a half-band filter. */
export function g711(law: G711, payloadType: number): CodecKind {
  return {
    payloadType,
    isStatic: true,
    isCostly: false,
    delayMs: 0,
    encoding: `${law}/${PHONE_RATE}`,
    clockRate: PHONE_RATE,
    encoder: (rate) => {
      if (rate === PHONE_RATE) return { delay: 0, encode: (samples) => encodeG711(law, samples) };
      const narrow = halver();
      return { delay: narrow.delay, encode: (samples) => encodeG711(law, narrow.next(samples)) };
    },
    decoder: (rate) => {
      if (rate === PHONE_RATE) return { delay: 0, decode: (payload) => decodeG711(law, payload) };
      const wide = doubler();
      return { delay: wide.delay, decode: (payload) => wide.next(decodeG711(law, payload)) };
    },
  };
}
