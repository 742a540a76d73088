import type { Pcm } from '../model/audio.ts';
import type { Codec } from '../model/line.ts';

/** The two laws of G.711. */
export type G711 = Extract<Codec, 'PCMU' | 'PCMA'>;

const CODEWORDS = 256;
const LEVELS = 65_536;

/** mu-law: 14-bit magnitudes, biased by 33, in eight segments of sixteen steps (ITU-T G.711 table 2). */
function muLawLevel(codeword: number): number {
  const bits = ~codeword & 0xff;
  const segment = (bits >> 4) & 7;
  const magnitude = ((2 * (bits & 15) + 33) << segment) - 33;
  return 4 * (bits & 0x80 ? -magnitude : magnitude);
}

/** A-law: 13-bit magnitudes in seven segments, the first of double length (ITU-T G.711 table 1). */
function aLawLevel(codeword: number): number {
  const bits = codeword ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = 2 * (bits & 15) + 1;
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return 8 * (bits & 0x80 ? magnitude : -magnitude);
}

/** Magnitudes of negative samples by one's complement, as in the ITU's reference (G.191). */
const magnitudeOf = (sample: number): number => (sample < 0 ? ~sample : sample);

const topBit = (value: number): number => 31 - Math.clz32(value);

function muLawCodeword(sample: number): number {
  const biased = Math.min((magnitudeOf(sample) >> 2) + 33, 8191);
  const segment = topBit(biased) - 5;
  const step = (biased >> (segment + 1)) & 15;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

function aLawCodeword(sample: number): number {
  const magnitude = magnitudeOf(sample) >> 4;
  const segment = Math.max(0, topBit(magnitude) - 3);
  const step = (magnitude >> Math.max(0, segment - 1)) & 15;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}

interface Tables {
  readonly levels: Int16Array;
  /** By sample + 32768. */
  readonly codewords: Uint8Array;
}

function tablesOf(level: (codeword: number) => number, codeword: (sample: number) => number): Tables {
  return {
    levels: Int16Array.from({ length: CODEWORDS }, (_, i) => level(i)),
    codewords: Uint8Array.from({ length: LEVELS }, (_, i) => codeword(i - 32_768)),
  };
}

const TABLES: Readonly<Record<G711, Tables>> = {
  PCMU: tablesOf(muLawLevel, muLawCodeword),
  PCMA: tablesOf(aLawLevel, aLawCodeword),
};

/** One byte per sample (ITU-T G.711). */
export function encodeG711(codec: G711, samples: Pcm): Uint8Array {
  const { codewords } = TABLES[codec];
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = codewords[(samples[i] as number) + 32_768] as number;
  return bytes;
}

/** One sample per byte (ITU-T G.711). */
export function decodeG711(codec: G711, bytes: Uint8Array): Pcm {
  const { levels } = TABLES[codec];
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < samples.length; i++) samples[i] = levels[bytes[i] as number] as number;
  return samples;
}
