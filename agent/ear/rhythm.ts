import type { Pcm } from '../../harness/model/audio.ts';

/** Samples between two looks at the sound, and in one look, at 8 kHz: 10 and 20 ms. */
const HOP = 80;
const LOOK = 160;
const BIN_HZ = 8000 / LOOK;
/** Bands of the telephone's 150 to 3400 Hz, about as wide as the ear's own, Hz. */
const EDGES_HZ = [150, 350, 600, 900, 1250, 1700, 2300, 3400];
/** Looks kept: three syllables of a slow laugh. */
const KEPT = 60;
/** Looks without sound after which another sound begins. */
const APART = 20;
/** A laugh repeats itself every 120 to 260 ms (about every 210: Provine and Yong 1991), in looks. */
const FASTEST = 12;
const SLOWEST = 26;
/** So many periods must have been heard: two syllables alike are chance, or "sure, but". */
const PERIODS = 2.25;
/** A band's level moves by this much and more in syllables, dB; what moves less holds one note. */
const MOVES_DB = 3;
/** Below this, in dB re full scale, a band is silent. */
const SILENT_DB = -75;

type Bands = Float64Array;

/** The sound on the line since it began, as levels of bands. A value. */
export interface Rhythm {
  readonly looks: readonly Bands[];
  /** Of these, up to the last one in which it sounded. */
  readonly sounded: number;
  /** Samples that fill no hop yet, behind those the last look began with. */
  readonly rest: Float32Array;
}

/** Nothing sounds. */
export const noRhythm: Rhythm = { looks: [], sounded: 0, rest: new Float32Array(0) };

const taper = Float64Array.from({ length: LOOK }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / LOOK));
const cosines = Float64Array.from({ length: LOOK }, (_, i) => Math.cos((2 * Math.PI * i) / LOOK));

/** Energy of `samples` from `at` in bin `k` of a windowed Fourier transform. */
function energyIn(samples: Float32Array, at: number, k: number): number {
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < LOOK; i++) {
    const value = (samples[at + i] ?? 0) * (taper[i] ?? 0);
    real += value * (cosines[(k * i) % LOOK] ?? 0);
    imaginary += value * (cosines[(k * i + (3 * LOOK) / 4) % LOOK] ?? 0);
  }
  return real * real + imaginary * imaginary;
}

function look(samples: Float32Array, at: number): Bands {
  const levels = EDGES_HZ.slice(1).map((to, band) => {
    let energy = 0;
    for (let k = (EDGES_HZ[band] ?? 0) / BIN_HZ; k < to / BIN_HZ; k++) energy += energyIn(samples, at, k);
    return Math.max(SILENT_DB, 10 * Math.log10(energy / LOOK ** 2 + 1e-12));
  });
  return Float64Array.from(levels);
}

/** The rhythm after a frame at 8 kHz in which something `sounds`, or nothing does. */
export function hearRhythm(rhythm: Rhythm, frame: Pcm, sounds: boolean): Rhythm {
  if (!sounds && rhythm.looks.length === 0) return noRhythm;
  const samples = Float32Array.from([...rhythm.rest, ...frame.map(Number)], (value, i) =>
    i < rhythm.rest.length ? value : value / 32768,
  );
  const fresh: Bands[] = [];
  let at = 0;
  for (; at + LOOK <= samples.length; at += HOP) fresh.push(look(samples, at));
  const all = [...rhythm.looks, ...fresh];
  const sounded = sounds ? all.length : rhythm.sounded;
  if (all.length - sounded > APART) return noRhythm;
  const dropped = Math.max(0, all.length - KEPT);
  return { looks: all.slice(dropped), sounded: Math.max(0, sounded - dropped), rest: samples.slice(at) };
}

/**
 * Likeness from which a sound repeats itself as a laugh does. Of synthetic laughs longer than 350 ms, from two generators and
 * in a cafe at 15 dB, 19 of 20 reach it by 480 ms; of sentences 1 in 40, and none that is longer.
 */
const REPEATS = 0.57;

/** It repeats itself, syllable by syllable, as laughs do and sentences do not. */
export const repeatsItself = (rhythm: Rhythm): boolean => repetition(rhythm) >= REPEATS;

/**
 * How like itself the sound is one period later, at the period at which it is most so: -1 to 1. Half a period later it must
 * be unlike itself, or it only swells or fades. Too short a sound: -1.
 */
export function repetition({ looks, sounded }: Rhythm): number {
  const heard = looks.slice(0, sounded);
  const about = EDGES_HZ.slice(1).map((_, band) => heard.reduce((sum, bands) => sum + (bands[band] ?? 0), 0));
  const moved = heard.map((bands) => bands.map((level, band) => level - (about[band] ?? 0) / heard.length));
  if (spreadOf(moved) < MOVES_DB) return -1;
  let best = -1;
  for (let lag = FASTEST; lag <= SLOWEST && heard.length >= PERIODS * lag; lag++) {
    const like = likeness(moved, lag);
    if (like > best && likeness(moved, Math.round(lag / 2)) < 0) best = like;
  }
  return best;
}

/** How far the levels are from their means, dB. */
function spreadOf(moved: readonly Bands[]): number {
  const all = moved.flatMap((bands) => [...bands]);
  return Math.sqrt(all.reduce((sum, level) => sum + level ** 2, 0) / Math.max(1, all.length));
}

/** Correlation of the band levels with those `lag` looks before. */
function likeness(moved: readonly Bands[], lag: number): number {
  let [both, now, before] = [0, 0, 1e-9];
  for (let t = lag; t < moved.length; t++) {
    for (let band = 0; band < EDGES_HZ.length - 1; band++) {
      const [here, there] = [moved[t]?.[band] ?? 0, moved[t - lag]?.[band] ?? 0];
      both += here * there;
      now += here * here;
      before += there * there;
    }
  }
  return both / Math.sqrt(now * before + 1e-9);
}
