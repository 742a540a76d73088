import { MASTER_RATE } from '../../harness/model/audio.ts';
import type { Pcm } from '../../harness/model/audio.ts';
import { METRONOME_DB } from '../../harness/model/metronome.ts';
import type { MetronomeSound } from '../../harness/model/metronome.ts';
import type { Voice } from '../../harness/model/speech.ts';
import { msToSamples } from '../../harness/model/time.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';

/** Resonances of an open vowel, Hz, and how wide they are. */
const FORMANTS = [
  { at: 700, width: 110 },
  { at: 1220, width: 140 },
  { at: 2600, width: 220 },
] as const;
const PITCH_HZ = 140;
const RMS = 32_768 * 10 ** (METRONOME_DB / 20);

const resonance = (hz: number): number =>
  FORMANTS.reduce((sum, { at, width }, index) => sum + 1 / (1 + ((hz - at) / width) ** 2) / (index + 1), 0.02);

/** What is played for `sound` at `rate` Hz: the same every time. `voice` opens a voice by its engine. */
export async function metronomeSound(
  sound: MetronomeSound,
  rate: number,
  voice: (engine: string) => Promise<Voice>,
): Promise<Pcm> {
  if (sound.kind === 'vowel') return risen(vowel(sound.lengthMs, rate), msToSamples(sound.risesMs, rate));
  return spokenOnce(await voice(sound.voice.engine), sound, rate);
}

/** Sentences spoken so far, by voice: 50 ms of work each, and a run says them hundreds of times. */
const spoken = new WeakMap<Voice, Map<string, Promise<Pcm>>>();

function spokenOnce(voice: Voice, sound: Extract<MetronomeSound, { kind: 'speech' }>, rate: number): Promise<Pcm> {
  const book = spoken.get(voice) ?? new Map<string, Promise<Pcm>>();
  spoken.set(voice, book);
  const key = JSON.stringify([sound.text, sound.voice, rate]);
  const known = book.get(key) ?? speak(voice, sound, rate);
  book.set(key, known);
  return known;
}

async function speak(voice: Voice, sound: Extract<MetronomeSound, { kind: 'speech' }>, rate: number): Promise<Pcm> {
  const { samples } = await voice.speak(sound.text, sound.voice);
  return toPcm(resample(toFloats(samples), MASTER_RATE, rate));
}

/**
 * The metronome's voice: a sung vowel of `lengthMs` at `rate` Hz, -26 dBov, with an edge in its first and last sample,
 * so that where it starts and stops is a matter of one sample. The same every time; at most ten seconds.
 */
export function vowel(lengthMs: number, rate: number): Pcm {
  const whole = sung.get(rate) ?? sing(msToSamples(LONGEST_MS, rate), rate);
  sung.set(rate, whole);
  return whole.subarray(0, msToSamples(lengthMs, rate));
}

const LONGEST_MS = 10_000;
/** The vowel is made once a rate: it takes a tenth of a second, which nobody has while the phone is answered. */
const sung = new Map<number, Pcm>();

function sing(length: number, rate: number): Pcm {
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

/** `samples` with a soft onset: a straight rise over the first `rise` of them. */
const risen = (samples: Pcm, rise: number): Pcm =>
  rise === 0 ? samples : samples.map((sample, n) => (n < rise ? Math.round((sample * n) / rise) : sample));

/** The sound that cancels `samples` when both are played together: to the last bit, growing over the first `fade` samples. */
export const mirrored = (samples: Pcm, fade = 0): Pcm =>
  samples.map((sample, n) => (n < fade ? -Math.round((sample * n) / fade) : -sample));
