import type { Pcm } from '../../harness/model/audio.ts';
import { msToSamples } from '../../harness/model/time.ts';

/** Resonances of an open vowel, Hz, and how wide they are. */
const FORMANTS = [
  { at: 700, width: 110 },
  { at: 1220, width: 140 },
  { at: 2600, width: 220 },
] as const;
const PITCH_HZ = 140;
/** RMS of a sound at -26 dBov. */
const RMS = 32_768 * 10 ** (-26 / 20);

const resonance = (hz: number): number =>
  FORMANTS.reduce((sum, { at, width }, index) => sum + 1 / (1 + ((hz - at) / width) ** 2) / (index + 1), 0.02);

/**
 * The metronome's voice: a sung vowel of `lengthMs` at `rate` Hz, -26 dBov, with an edge in its first and last sample,
 * so that where it starts and stops is a matter of one sample. The same every time.
 */
export function vowel(lengthMs: number, rate: number): Pcm {
  const length = msToSamples(lengthMs, rate);
  const wave = new Float64Array(length);
  for (let harmonic = 1; harmonic * PITCH_HZ * 1.03 < Math.min(3400, rate / 2); harmonic++) {
    const gain = resonance(harmonic * PITCH_HZ);
    for (let n = 0; n < length; n++) {
      const vibrato = 0.6 * Math.sin((2 * Math.PI * 5 * n) / rate);
      wave[n] = (wave[n] ?? 0) + gain * Math.cos(harmonic * ((2 * Math.PI * PITCH_HZ * n) / rate + vibrato));
    }
  }
  const rms = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / Math.max(1, length));
  return Int16Array.from(wave, (value) =>
    Math.round(Math.max(-1, Math.min(1, (value / rms) * (RMS / 32_768))) * 32_767),
  );
}

/** The sound that cancels `samples` to the last bit when both are played together. */
export const mirrored = (samples: Pcm): Pcm => samples.map((sample) => -sample);
