import type { Sounding } from '../../harness/model/activity.ts';
import type { Ms } from '../../harness/model/time.ts';

/** Soundings closer than this belong to one utterance (ms). */
export const MERGE_GAP = 200;

/** Music and noise are heard, but nobody speaks. */
export const isSpeech = ({ kind }: Sounding): boolean => kind === undefined || kind === 'speech';

/** Joins soundings over gaps shorter than 200 ms; onsets and ends keep their own uncertainty. */
export function utterancesOf(soundings: readonly Sounding[]): readonly Sounding[] {
  const merged: Sounding[] = [];
  for (const next of soundings.toSorted((a, b) => a.onset - b.onset)) {
    const last = merged.at(-1);
    if (last && next.onset - last.end < MERGE_GAP) merged[merged.length - 1] = joined(last, next);
    else merged.push(next);
  }
  return merged;
}

/** The utterance sounding at `at`, or pausing inside itself. */
export const soundingAt = (utterances: readonly Sounding[], at: Ms): Sounding | undefined =>
  utterances.find(({ onset, end }) => onset <= at && at < end);

const STOP_DB = 20;

function joined(first: Sounding, second: Sounding): Sounding {
  const levelDb = levelOfBoth(first, second);
  // A breath 20 dB below the whole is not the point at which the utterance stopped.
  const stopper = second.levelDb > levelDb - STOP_DB ? second : first;
  const { fell: _fell, by: _by, endDb: _endDb, ...base } = first;
  return {
    ...base,
    stop: stopper.stop,
    end: second.end > first.end ? second.end : first.end,
    u: { onset: first.u.onset, stop: stopper.u.stop, end: second.u.end },
    levelDb,
    ducks: [...first.ducks, ...second.ducks],
    ...(second.endDb !== undefined ? { endDb: second.endDb } : {}),
    // The detector tells a fall of the whole utterance with its last sounding.
    ...(second.fell !== undefined ? { fell: second.fell } : {}),
    ...(first.by !== undefined && first.by === second.by ? { by: first.by } : {}),
  };
}

function levelOfBoth(first: Sounding, second: Sounding): number {
  const energy = ({ levelDb, onset, end }: Sounding): number => 10 ** (levelDb / 10) * (end - onset);
  const length = first.end - first.onset + second.end - second.onset;
  return length <= 0 ? first.levelDb : 10 * Math.log10((energy(first) + energy(second)) / length);
}
