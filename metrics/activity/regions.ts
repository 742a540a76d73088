import { power, toDb, type Energy, type Stretch } from './energy.ts';
import type { Rough } from './stretches.ts';

/** A rough stretch and what heard it: both, or only one of them. */
export interface Region extends Stretch {
  readonly by: 'both' | 'energy' | 'model';
}

/** A voice activity model lags and rounds by up to two windows of 32 ms. */
const PAD_MS = 64;
const ENERGY_ALONE_MS = 60;
const ENERGY_ALONE_ABOVE_DB = 12;
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
    if (speech.some((region) => touches(stretch, region))) return [{ ...stretch, by: 'both' }];
    return isClear(energy, rough, stretch) ? [{ ...stretch, by: 'energy' }] : [];
  });
  const byModel = speech
    .filter((region) => !rough.stretches.some((stretch) => touches(stretch, region)))
    .map((region): Region => ({ from: region.from, to: Math.min(region.to, energy.length), by: 'model' }));
  return [...byEnergy, ...byModel].toSorted((a, b) => a.from - b.from);
}

function isClear(energy: Energy, rough: Rough, stretch: Stretch): boolean {
  const levelDb = toDb(power(energy, stretch.from, stretch.to));
  const lasts = stretch.to - stretch.from >= (ENERGY_ALONE_MS * energy.rate) / 1000;
  return lasts && levelDb >= Math.max(ENERGY_ALONE_DB, rough.floorDb(stretch.from) + ENERGY_ALONE_ABOVE_DB);
}
