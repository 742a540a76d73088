const PEAK = 8_000;
const FRAME = 160;

/** A 500 Hz tone at 8 kHz that begins at its peak, so that its first sample is unmistakable. */
export function tone(samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => Math.round(PEAK * Math.cos((2 * Math.PI * 500 * i) / 8_000)));
}

/** Index of the first sample louder than half the tone's peak, -1 when it is not there. */
export function findTone(samples: Int16Array): number {
  return samples.findIndex((sample) => Math.abs(sample) > PEAK / 2);
}

/** RMS of each whole frame of 20 ms. */
export function frameLevels(samples: Int16Array): readonly number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
    const part = samples.subarray(frame * FRAME, (frame + 1) * FRAME);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / FRAME);
  });
}

/** Length of the longest run of digital zeros. */
export function longestZeroRun(samples: Int16Array): number {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = sample === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
