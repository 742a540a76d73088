import { PHONE_RATE, WIDE_RATE } from '../../model/audio.ts';
import type { CodecKind } from '../codec.ts';
import { g722Decoder, g722Encoder } from '../g722/codec.ts';
import { G722_DELAY } from '../g722/bank.ts';
import { doubler, halver } from '../../model/half-band.ts';

/** G.722: 64 kbit/s, 7 kHz. Its RTP clock runs at half its sample rate, by a mistake kept on purpose (RFC 3551 4.5.2). */
const g722: CodecKind = {
  payloadType: 9,
  isStatic: true,
  isCostly: true,
  delayMs: (G722_DELAY * 1000) / WIDE_RATE,
  encoding: 'G722/8000',
  clockRate: 8_000,
  encoder: (rate) => {
    const encode = g722Encoder();
    if (rate !== PHONE_RATE) return { delay: 0, encode };
    const wide = doubler();
    return { delay: wide.delay / 2, encode: (samples) => encode(wide.next(samples)) };
  },
  decoder: (rate) => {
    const decode = g722Decoder();
    if (rate !== PHONE_RATE) return { delay: 0, decode };
    const narrow = halver();
    return { delay: narrow.delay / 2, decode: (payload) => narrow.next(decode(payload)) };
  },
};

export default g722;
