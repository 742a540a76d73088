import { sat16 } from './numbers.ts';

/** Zeros of the adaptive predictor; it has two poles besides. */
const ZEROS = 6;

/** Largest second pole coefficient, and what both together may reach (ITU-T G.722 section 3.6.3), times 16384. */
const MOST_SECOND = 12_288;
const MOST_TOGETHER = 15_360;

/** The adaptive predictor of one sub-band (ITU-T G.722 section 6.2.1.4, block 4L and 4H): the same in both directions. */
export class Predictor {
  /** What the next sample is expected to be. */
  expected = 0;
  #byZeros = 0;
  readonly #zeros = new Int32Array(ZEROS);
  readonly #differences = new Int32Array(ZEROS);
  #first = 0;
  #second = 0;
  /** Reconstructed samples, the latest first. */
  #r1 = 0;
  #r2 = 0;
  /** Partially reconstructed ones: without the poles. */
  #p1 = 0;
  #p2 = 0;

  /** Learns from the quantised difference between a sample and what was expected. */
  adapt(difference: number): void {
    const reconstructed = sat16(this.expected + difference);
    const partial = sat16(this.#byZeros + difference);
    this.#adaptPoles(partial);
    this.#adaptZeros(difference);
    this.#r2 = this.#r1;
    this.#r1 = reconstructed;
    this.#p2 = this.#p1;
    this.#p1 = partial;
    this.#predict();
  }

  #adaptPoles(partial: number): void {
    const sameAsLast = partial < 0 === this.#p1 < 0;
    const sameAsBefore = partial < 0 === this.#p2 < 0;
    const steep = sat16(this.#first << 2);
    const turned = Math.min(sameAsLast ? -steep : steep, 32_767);
    const second = (sameAsBefore ? 128 : -128) + (turned >> 7) + ((this.#second * 32_512) >> 15);
    this.#second = Math.max(-MOST_SECOND, Math.min(MOST_SECOND, second));
    const most = sat16(MOST_TOGETHER - this.#second);
    const first = sat16((sameAsLast ? 192 : -192) + ((this.#first * 32_640) >> 15));
    this.#first = Math.max(-most, Math.min(most, first));
  }

  #adaptZeros(difference: number): void {
    const step = difference === 0 ? 0 : 128;
    const [zeros, differences] = [this.#zeros, this.#differences];
    for (let i = ZEROS - 1; i >= 0; i--) {
      const agrees = (differences[i] as number) < 0 === difference < 0;
      zeros[i] = sat16((agrees ? step : -step) + (((zeros[i] as number) * 32_640) >> 15));
      differences[i] = i === 0 ? difference : (differences[i - 1] as number);
    }
  }

  #predict(): void {
    const byPoles = sat16(((this.#first * sat16(2 * this.#r1)) >> 15) + ((this.#second * sat16(2 * this.#r2)) >> 15));
    const [zeros, differences] = [this.#zeros, this.#differences];
    let byZeros = 0;
    for (let i = ZEROS - 1; i >= 0; i--) {
      byZeros += ((zeros[i] as number) * sat16(2 * (differences[i] as number))) >> 15;
    }
    this.#byZeros = sat16(byZeros);
    this.expected = sat16(byPoles + this.#byZeros);
  }
}
