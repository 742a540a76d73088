import { Encoder } from '@evan/opus';
import { decodeWav } from '../../harness/model/wav.ts';
import { oggOpus, PACKET_SAMPLES, twoStreams } from './ogg.ts';

/** Rates that Opus takes as they are, Hz. */
const RATES = [8000, 12_000, 16_000, 24_000, 48_000] as const;
const OPUS_RATE = 48_000;
/** A second of telephone speech, bits a channel: no listener finds the difference, and a fifth of the WAV's size is left. */
const BITS = { narrow: 20_000, wide: 32_000 };
/** Of 10: the last steps cost more time than they can be heard to give. */
const EFFORT = 2;
/** OPUS_GET_LOOKAHEAD_REQUEST of libopus' opus_defines.h; the binding declares a name for it that is not there. */
const GET_LOOKAHEAD = 4027;

/**
 * A compressed copy of a recording of two channels, for listening only: Ogg Opus, each channel by itself and in its
 * place to the sample. Undefined for what Opus cannot hold: another rate, or not two channels.
 */
export function compressed(wav: Uint8Array, name: string): Uint8Array | undefined {
  const { channels, rate } = decodeWav(Buffer.from(wav), name);
  const [left, right] = channels;
  const known = RATES.find((one) => one === rate);
  if (!left || !right || channels.length !== 2 || known === undefined) return undefined;
  const factor = OPUS_RATE / rate;
  const length = Math.max(left.length, right.length);
  const streams = [left, right].map((samples) => encoded(samples, known, length));
  const [one = NOTHING, two = NOTHING] = streams;
  const preSkip = one.lookahead * factor;
  const packets = one.packets.map((packet, index) => twoStreams(packet, two.packets[index] ?? packet));
  return oggOpus({ preSkip, inputRate: rate }, packets, length * factor);
}

interface Stream {
  readonly packets: readonly Uint8Array[];
  /** Samples at the encoder's rate by which the decoded sound comes late. */
  readonly lookahead: number;
}

const NOTHING: Stream = { packets: [], lookahead: 0 };

function encoded(samples: Int16Array, rate: (typeof RATES)[number], length: number): Stream {
  const encoder = new Encoder({ channels: 1, sample_rate: rate, application: 'voip' });
  encoder.bitrate = rate > 12_000 ? BITS.wide : BITS.narrow;
  encoder.complexity = EFFORT;
  const frame = (PACKET_SAMPLES * rate) / OPUS_RATE;
  const lookahead = encoder.ctl(GET_LOOKAHEAD);
  const packets = Array.from({ length: Math.ceil((length + lookahead) / frame) }, (_, index) => {
    const sound = new Int16Array(frame);
    sound.set(samples.subarray(index * frame, (index + 1) * frame));
    // The encoder's memory is its own: what it returns is copied.
    return Uint8Array.from(encoder.encode(sound));
  });
  return { packets, lookahead };
}
