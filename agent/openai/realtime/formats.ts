import { z } from 'zod';
import { concatPcm } from '../../../harness/model/audio.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { decodeG711, encodeG711 } from '../../../harness/rtp/g711.ts';
import type { G711 } from '../../../harness/rtp/g711.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import { littleEndian, SPEECH_RATE } from '../voices.ts';

/** How a session's audio is written: 16-bit samples of 24 kHz, or a telephone's. */
export const format = z.union([
  z.object({ type: z.literal('audio/pcm'), rate: z.literal(SPEECH_RATE).default(SPEECH_RATE) }),
  z.object({ type: z.enum(['audio/pcmu', 'audio/pcma']) }),
]);

export type Format = z.infer<typeof format>;

export const PCM: Format = { type: 'audio/pcm', rate: SPEECH_RATE };

const lawOf = ({ type }: Format): G711 => (type === 'audio/pcma' ? 'PCMA' : 'PCMU');

/** Samples a second. */
export const rateOf = ({ type }: Format): number => (type === 'audio/pcm' ? SPEECH_RATE : HEARD_RATE);

/** Samples as the bytes of `how`, at its rate. */
export const encode = (how: Format, samples: Pcm): Uint8Array =>
  how.type === 'audio/pcm' ? littleEndian(samples) : encodeG711(lawOf(how), samples);

function decode(how: Format, bytes: Uint8Array): Pcm {
  if (how.type !== 'audio/pcm') return decodeG711(lawOf(how), bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(2 * i, true));
}

/** Hz the ear and the voice activity listen at. */
export const HEARD_RATE = 8000;
/** Length of a frame, ms, and in samples that are heard. */
export const FRAME_MS = 20;
const FRAME = (HEARD_RATE * FRAME_MS) / 1000;
/** Samples heard on each side that a frame's first and last are made from, at any of the rates: 3 ms. */
const MARGIN = 24;

/** Takes in audio as it comes, and cuts it into the frames that are listened to. */
export class FrameCutter {
  readonly #format: Format;
  readonly #step: number;
  #pending: Pcm;

  constructor(how: Format) {
    this.#format = how;
    this.#step = rateOf(how) / HEARD_RATE;
    this.#pending = new Int16Array(MARGIN * this.#step);
  }

  /** The frames that are complete with these bytes. */
  take(bytes: Uint8Array): readonly Pcm[] {
    this.#pending = concatPcm([this.#pending, decode(this.#format, bytes)]);
    const frames: Pcm[] = [];
    const whole = (FRAME + 2 * MARGIN) * this.#step;
    for (; this.#pending.length >= whole; this.#pending = this.#pending.subarray(FRAME * this.#step)) {
      const around = toFloats(this.#pending.subarray(0, whole));
      const heard = resample(around, rateOf(this.#format), HEARD_RATE);
      frames.push(toPcm(heard.subarray(MARGIN, MARGIN + FRAME)));
    }
    return frames;
  }
}
