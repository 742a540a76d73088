/** A sweep from 300 Hz to 3 kHz in 200 ms, begun `late` samples after its beginning: like nothing but itself. */
export function chirp(rate: number, late = 0): Int16Array {
  return Int16Array.from({ length: rate / 5 }, (_, i) => {
    const t = (i + late) / rate;
    return 9_000 * Math.sin(2 * Math.PI * (300 * t + 6_750 * t * t));
  });
}

const energy = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0));

/** A sound found again: where, how like it is, 0 to 1, and how much louder. */
interface Found {
  readonly at: number;
  readonly likeness: number;
  readonly gainDb: number;
}

/** Looks for `said` in `heard`, within a tenth of its length of where it gets loud. */
export function find(said: Int16Array, heard: Int16Array): Found {
  const loud = heard.findIndex((sample) => Math.abs(sample) > 1_500);
  const reach = said.length / 10;
  let best: Found = { at: -1, likeness: 0, gainDb: -Infinity };
  for (let at = Math.max(0, loud - reach); at < loud + reach; at++) {
    const there = heard.subarray(at, at + said.length);
    let sum = 0;
    for (let i = 0; i < there.length; i++) sum += (said[i] as number) * (there[i] as number);
    const likeness = sum / (energy(said) * energy(there));
    if (likeness > best.likeness) best = { at, likeness, gainDb: 20 * Math.log10(energy(there) / energy(said)) };
  }
  return best;
}
