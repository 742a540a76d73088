/** Amplitude ratio of `db` decibels. */
export const dbToGain = (db: number): number => 10 ** (db / 20);

/** Level of digital silence, dBov: the floor of every level here. */
export const SILENCE_DB = -120;

const powerToDb = (power: number): number => Math.max(SILENCE_DB, 10 * Math.log10(power + 1e-30));

/** Root mean square of `samples` (fractions of full scale) in dBov: 0 is a full-scale square wave (ITU-T G.100.1). */
export function rmsDb(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2;
  return powerToDb(sum / Math.max(1, to - from));
}

/** What P.56 says of a stretch of speech. */
export interface SpeechLevel {
  /** Level while active, dBov. */
  readonly activeDb: number;
  /** Share of the time that is active, 0 to 1. */
  readonly activity: number;
}

const MARGIN_DB = 15.9;
const HANGOVER_SECONDS = 0.2;
const ENVELOPE_SECONDS = 0.03;
const THRESHOLDS = Array.from({ length: 15 }, (_, i) => 2 ** (i - 15));

/**
 * Active speech level by ITU-T P.56 method B: an envelope smoothed twice with 30 ms, thresholds 6 dB apart with
 * 200 ms hangover, and the threshold found that lies 15.9 dB below the level of what it calls active.
 */
export function speechLevel(samples: Float32Array, rate: number): SpeechLevel {
  const { counts, energy } = activeCounts(samples, rate);
  if (energy === 0) return { activeDb: SILENCE_DB, activity: 0 };
  let below: { level: number; gap: number } | undefined;
  for (let step = 0; step < THRESHOLDS.length; step++) {
    const count = counts[step] ?? 0;
    if (count === 0) break;
    const level = powerToDb(energy / count);
    const gap = level - 20 * Math.log10(THRESHOLDS[step] ?? 1);
    if (gap <= MARGIN_DB) {
      if (!below) return activeAt(level, energy, samples.length);
      const share = (below.gap - MARGIN_DB) / (below.gap - gap);
      return activeAt(below.level + share * (level - below.level), energy, samples.length);
    }
    below = { level, gap };
  }
  return activeAt(below?.level ?? powerToDb(energy / samples.length), energy, samples.length);
}

const activeAt = (activeDb: number, energy: number, length: number): SpeechLevel => ({
  activeDb,
  activity: Math.min(1, energy / length / 10 ** (activeDb / 10)),
});

/** Samples held active at each threshold, and the total energy. */
function activeCounts(samples: Float32Array, rate: number): { readonly counts: Float64Array; readonly energy: number } {
  const keep = Math.exp(-1 / (rate * ENVELOPE_SECONDS));
  const hangover = Math.floor(HANGOVER_SECONDS * rate);
  const counts = new Float64Array(THRESHOLDS.length);
  const lastAbove = new Float64Array(THRESHOLDS.length).fill(Number.NEGATIVE_INFINITY);
  let [smooth, envelope, energy] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] ?? 0;
    energy += value * value;
    smooth = keep * smooth + (1 - keep) * Math.abs(value);
    envelope = keep * envelope + (1 - keep) * smooth;
    for (let step = 0; step < THRESHOLDS.length; step++) {
      if (envelope >= (THRESHOLDS[step] ?? 1)) lastAbove[step] = i;
      else if (i - (lastAbove[step] ?? 0) > hangover) break;
      counts[step] = (counts[step] ?? 0) + 1;
    }
  }
  return { counts, energy };
}

/** Speech is levelled to this, dBov active (nominal level of ITU-T P.56 and G.100.1 practice). */
export const NOMINAL_DB = -26;

/** `samples` brought to `activeDb` dBov of active speech; silence stays silence. */
export function levelled(samples: Float32Array, rate: number, activeDb = NOMINAL_DB): Float32Array {
  const now = speechLevel(samples, rate).activeDb;
  if (now <= SILENCE_DB) return samples;
  const gain = dbToGain(activeDb - now);
  return samples.map((value) => value * gain);
}
