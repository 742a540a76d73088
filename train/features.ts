import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cepstral coefficients per frame, as sphinx_fe writes them. */
const WIDTH = 13;

/** Mean cepstrum over the feature files of a folder: where live mean normalisation starts from. */
export function meanCepstrum(folder: string): readonly number[] {
  const sums = new Float64Array(WIDTH);
  let frames = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.mfc'))) {
    const bytes = readFileSync(join(folder, name));
    // A 32-bit count of the floats that follow, all little-endian.
    for (let at = 4; at + 4 * WIDTH <= bytes.length; at += 4 * WIDTH) {
      for (let k = 0; k < WIDTH; k++) sums[k] = (sums[k] ?? 0) + bytes.readFloatLE(at + 4 * k);
      frames++;
    }
  }
  return [...sums].map((sum) => sum / Math.max(1, frames));
}
