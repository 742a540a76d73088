import { kindOf } from './kind.ts';
import { power, toDb, type Energy, type Stretch } from './energy.ts';
import type { Rough } from './stretches.ts';

/** A rough stretch and what heard it: both, or only one of them. */
export interface Region extends Stretch {
  readonly by: 'both' | 'energy' | 'model';
  /** An end that the model alone knows, to its grid: no quiet lies there, but something that is no speech. */
  readonly joins?: { readonly before: boolean; readonly after: boolean };
}

/** A voice activity model lags and rounds by up to two windows of 32 ms. */
const PAD_MS = 64;
const ENERGY_ALONE_MS = 60;
const ENERGY_ALONE_ABOVE_DB = 12;
/** Sound that goes on this long before or after speech without being it is something else: music, a tone, a crowd. */
const OTHER_MS = 600;
const OTHER_GUARD_MS = 200;
const LITTLE_SHARE = 0.2;
/** Fainter than this, a sound that no model calls speech is background. */
const ENERGY_ALONE_DB = -50;

/**
 * Energy says where, the model says what. A stretch of energy that the model calls speech is kept;
 * so is a clear one of 60 ms that it does not (tones, music, a metronome), flagged; and speech too faint
 * to stand out of the noise is kept by the model's own bounds, flagged. Without a model, energy decides.
 */
export function heardRegions(energy: Energy, rough: Rough, speech: readonly Stretch[] | undefined): readonly Region[] {
  if (!speech) return rough.stretches.map((stretch) => ({ ...stretch, by: 'both' }));
  const pad = (PAD_MS * energy.rate) / 1000;
  const touches = (a: Stretch, b: Stretch): boolean => a.from < b.to + pad && b.from < a.to + pad;
  const byEnergy = rough.stretches.flatMap((stretch): Region[] => {
    const spoken = speech.filter((region) => touches(stretch, region));
    if (spoken.length > 0) return partsOf(energy, stretch, spoken);
    return isClear(energy, rough, stretch) ? [{ ...stretch, by: 'energy' }] : [];
  });
  const byModel = speech
    .filter((region) => !rough.stretches.some((stretch) => touches(stretch, region)))
    .map((region): Region => ({ from: region.from, to: Math.min(region.to, energy.length), by: 'model' }));
  return [...byEnergy, ...byModel].toSorted((a, b) => a.from - b.from);
}

/** A stretch in which the model hears speech, without the music or noise that goes on long before or after it. */
function partsOf(energy: Energy, stretch: Stretch, spoken: readonly Stretch[]): Region[] {
  const [ms, guard] = [energy.rate / 1000, (OTHER_GUARD_MS * energy.rate) / 1000];
  const begins = Math.max(stretch.from, (spoken[0] as Stretch).from);
  const ends = Math.min(stretch.to, (spoken.at(-1) as Stretch).to);
  // A model takes the beginning of a tone for a voice.
  const little = ends - begins < LITTLE_SHARE * (stretch.to - stretch.from);
  if (little && kindOf(energy, stretch) !== undefined) return [{ ...stretch, by: 'energy' }];
  const first = { from: stretch.from, to: begins - ms };
  const last = { from: ends + ms, to: stretch.to };
  const isOther = (part: Stretch): boolean =>
    part.to - part.from >= OTHER_MS * ms + guard && kindOf(energy, part) !== undefined;
  const joins = { before: isOther(first), after: isOther(last) };
  if (!joins.before && !joins.after) return [{ ...stretch, by: 'both' }];
  const part = { from: joins.before ? begins : stretch.from, to: joins.after ? ends : stretch.to };
  return [
    ...(joins.before ? [{ ...first, by: 'energy' as const, joins: { before: false, after: true } }] : []),
    { ...part, by: 'both', joins },
    ...(joins.after ? [{ ...last, by: 'energy' as const, joins: { before: true, after: false } }] : []),
  ];
}

function isClear(energy: Energy, rough: Rough, stretch: Stretch): boolean {
  const levelDb = toDb(power(energy, stretch.from, stretch.to));
  const lasts = stretch.to - stretch.from >= (ENERGY_ALONE_MS * energy.rate) / 1000;
  return lasts && levelDb >= Math.max(ENERGY_ALONE_DB, rough.floorDb(stretch.from) + ENERGY_ALONE_ABOVE_DB);
}
