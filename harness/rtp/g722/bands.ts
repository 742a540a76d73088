import { sat15, sat16 } from './numbers.ts';
import { Predictor } from './predictor.ts';

/** Decision levels of the 60-level quantiser of the lower band (ITU-T G.722 table 14). */
const LOW_DECISIONS = [
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
  1458, 1612, 1765, 1980, 2195, 2557, 2919,
];

/** Output levels of the lower band by all six bits, which is what is heard (table 18). */
const LOW_LEVELS_6 = [
  -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
  -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728, 24808,
  21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008,
  3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];

/** Output levels by the upper four bits, which is what both sides adapt to (table 16). */
const LOW_LEVELS_4 = [
  0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
];

/** How the lower band's logarithmic step moves, by magnitude of the four bits (tables 6 and 15). */
const LOW_MOVES = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const LOW_MAGNITUDES = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];

/** The higher band's output levels and moves by its two bits (tables 7, 17 and 20). */
const HIGH_LEVELS = [-7408, -1616, 7408, 1616];
const HIGH_MOVES = [798, -214, 798, -214];
const HIGH_DECISION = 564;

/** 2048 times the 32nd roots of two: mantissas of the antilogarithm (table 19). */
const ROOTS = Array.from({ length: 32 }, (_, i) => Math.round(2048 * 2 ** (i / 32)));

/** Magnitude of a difference by one's complement, as the quantisers want it. */
const magnitudeOf = (difference: number): number => (difference < 0 ? ~difference : difference);

/** A quantiser's step, kept as a logarithm that leaks (LOGSCL, SCALEL, LOGSCH, SCALEH). */
class Step {
  readonly #most: number;
  readonly #shift: number;
  #log = 0;
  size: number;

  constructor(most: number, shift: number, size: number) {
    this.#most = most;
    this.#shift = shift;
    this.size = size;
  }

  move(by: number): void {
    this.#log = Math.max(0, Math.min(this.#most, ((this.#log * 127) >> 7) + by));
    const root = ROOTS[(this.#log >> 6) & 31] as number;
    const shift = this.#shift - (this.#log >> 11);
    this.size = (shift < 0 ? root << -shift : root >> shift) << 2;
  }
}

/** The band below 4 kHz: six bits a sample. */
export class LowBand {
  readonly #predictor = new Predictor();
  readonly #step = new Step(18_432, 8, 32);

  encode(sample: number): number {
    const difference = sat16(sample - this.#predictor.expected);
    const magnitude = magnitudeOf(difference);
    let level = 1;
    while (level < LOW_DECISIONS.length && magnitude >= ((LOW_DECISIONS[level] as number) * this.#step.size) >> 12) {
      level++;
    }
    const bits = difference < 0 ? (level < 3 ? 64 - level : 34 - level) : 62 - level;
    this.#adapt(bits);
    return bits;
  }

  decode(bits: number): number {
    const heard = ((LOW_LEVELS_6[bits] as number) * this.#step.size) >> 15;
    const sample = sat15(this.#predictor.expected + heard);
    this.#adapt(bits);
    return sample;
  }

  #adapt(bits: number): void {
    const upper = bits >> 2;
    this.#predictor.adapt(((LOW_LEVELS_4[upper] as number) * this.#step.size) >> 15);
    this.#step.move(LOW_MOVES[LOW_MAGNITUDES[upper] as number] as number);
  }
}

/** The band above 4 kHz: two bits a sample. */
export class HighBand {
  readonly #predictor = new Predictor();
  readonly #step = new Step(22_528, 10, 8);

  encode(sample: number): number {
    const difference = sat16(sample - this.#predictor.expected);
    const loud = magnitudeOf(difference) >= (HIGH_DECISION * this.#step.size) >> 12;
    const bits = (difference < 0 ? 0 : 2) + (loud ? 0 : 1);
    this.#adapt(bits);
    return bits;
  }

  decode(bits: number): number {
    const heard = ((HIGH_LEVELS[bits] as number) * this.#step.size) >> 15;
    const sample = sat15(this.#predictor.expected + heard);
    this.#adapt(bits);
    return sample;
  }

  #adapt(bits: number): void {
    this.#predictor.adapt(((HIGH_LEVELS[bits] as number) * this.#step.size) >> 15);
    this.#step.move(HIGH_MOVES[bits] as number);
  }
}
