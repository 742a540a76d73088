import { concatPcm, PHONE_RATE } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import { rateOf } from '../model/line.ts';
import type { Place } from '../model/person.ts';
import type { Manner, Piece, Plan } from '../model/plan.ts';
import type { Clip, Rendered } from '../model/rendered.ts';
import type { Voice } from '../model/speech.ts';
import { NOMINAL_DB, rmsDb, SILENCE_DB, speechLevel } from '../speech/dsp/level.ts';
import { toFloats } from '../speech/dsp/samples.ts';
import { makeBed } from './bed.ts';
import { makeClip } from './clip.ts';
import type { Speaker } from './part.ts';
import { openShelf } from './shelf.ts';

/** One thing the plan's caller may play. */
interface Saying {
  readonly id: string;
  readonly pieces: readonly Piece[];
  readonly manner: Manner;
}

/**
 * Makes everything a plan's caller may play, before the phone rings: lines (`LINE`, and `LINE#1` and on for its other
 * ways), stimuli, and the noise around her at the plan's SNR, set against the level of her speech on the line.
 * `cacheDir` keeps clips for the next run. Throws UsageError for a voice or a place that is not there.
 */
export async function renderPlan(
  plan: Plan,
  voices: ReadonlyMap<string, Voice>,
  places: ReadonlyMap<string, Place>,
  cacheDir?: string,
): Promise<Rendered> {
  const place = places.get(plan.place.name);
  if (!place) {
    throw new UsageError(
      `Plan ${plan.id} calls from "${plan.place.name}", which is not among the places: ${[...places.keys()].join(', ')}`,
    );
  }
  const shelf = openShelf(cacheDir);
  const rate = rateOf(plan.phone);
  const speaker: Speaker = { voice: voices.get(plan.voice.engine), choice: plan.voice, rate };
  const wide = rate === PHONE_RATE ? {} : { rate };
  const render = async ({ id, pieces, manner }: Saying): Promise<readonly [string, Clip]> => {
    const stamps = stampsOf(pieces, speaker);
    const recipe = { pieces, manner, voice: plan.voice, ...wide, ...(stamps.length > 0 ? { stamps } : {}) };
    const clip = await shelf.clip(recipe, () => makeClip(pieces, manner, speaker));
    return [id, clip];
  };
  const lines = await Promise.all(plan.lines.flatMap(waysOf).map(render));
  const stimuli = await Promise.all(plan.stimuli.filter(({ pieces }) => pieces.length > 0).map(render));
  const speechDb = levelOf(plan, new Map(lines), stimuli);
  const bed = makeBed(place, speechDb - plan.place.snrDb, plan.seed, rate);
  return {
    rate,
    lines: new Map(lines),
    stimuli: new Map(stimuli),
    bed,
    speechDb,
    bedDb: bed && rmsDb(toFloats(bed)),
  };
}

/** What the sound depends on beside its words: a recording may have been made again. */
const stampsOf = (pieces: readonly Piece[], { voice, choice }: Speaker): readonly string[] =>
  pieces.flatMap((piece) =>
    'say' in piece && voice?.stamp ? [voice.stamp(piece.say, { ...choice, name: piece.by ?? choice.name })] : [],
  );

/** Everything a plan's caller may say, once each, in her own voice. */
export const textsOf = (plan: Plan): readonly string[] => [
  ...new Set(
    [...plan.lines.flatMap(waysOf), ...plan.stimuli]
      .flatMap(({ pieces }) => pieces)
      .flatMap((piece) => ('say' in piece && piece.by === undefined ? [piece.say] : [])),
  ),
];

/** A line and its other ways of being said. */
const waysOf = ({ id, pieces, manner, again }: Plan['lines'][number]): readonly Saying[] => [
  { id, pieces, manner },
  ...again.map((way, index) => ({ id: `${id}#${index + 1}`, ...way })),
];

/** Active level of her plain speech: mumbled and raised lines do not count, unless there is nothing else. */
function levelOf(plan: Plan, lines: ReadonlyMap<string, Clip>, stimuli: readonly (readonly [string, Clip])[]): number {
  const plain = plan.lines.flatMap(waysOf).filter(({ manner }) => !manner.mumbled && !manner.gainDb);
  const chosen = plain.length > 0 ? plain.map(({ id }) => lines.get(id)) : [...lines.values()];
  const clips = chosen.some(Boolean) ? chosen : stimuli.map(([, clip]) => clip);
  const whole = concatPcm(clips.flatMap((clip) => (clip ? [clip.samples] : [])));
  const { activeDb } = speechLevel(toFloats(whole), rateOf(plan.phone));
  return activeDb > SILENCE_DB ? activeDb : NOMINAL_DB;
}
