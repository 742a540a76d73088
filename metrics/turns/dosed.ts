import type { CallView, Reaction, Score } from '../../harness/model/metric.ts';
import { classOfPause, cutsPause, SHORTEST_PAUSE } from './cutting-in.ts';
import { classOf, inMs, score } from './observe.ts';
import { NEVER_STOPPED, yieldedWithin } from './yielding.ts';

/**
 * One observation per pause she holds inside something unfinished, of 150 ms or more: its length, and whether the agent cut in.
 * Nothing after a cut-in of the same turn; a pause after a complete value is no pause to be waited out.
 */
export const pauseScores = (metric: string, call: CallView): readonly Score[] =>
  call.turns
    .filter(({ desk }) => !desk)
    .flatMap((turn) => {
      const pauses = turn.pauses
        .filter(({ from, to }) => to - from >= SHORTEST_PAUSE)
        .filter((pause) => classOfPause(pause) === 'pause');
      const cuts = pauses.map((pause) => cutsPause(call, turn, pause));
      const first = cuts.findIndex((by) => by !== undefined);
      return pauses.slice(0, first < 0 ? undefined : first + 1).map(({ from, to }, i) => {
        const note = cuts[i] ? `cut into a pause of ${inMs(to - from)}` : `waited out a pause of ${inMs(to - from)}`;
        return dosed(score(metric, cuts[i] ? 1 : 0, { at: from, of: turn.line, class: 'pause', note }), to - from);
      });
    });

/**
 * One observation per interruption that fell into the agent's speech: its dose, and whether it stopped for good within 2 s.
 * A key has neither length nor level.
 */
export const yieldScores = (metric: string, call: CallView, doseOf: (reaction: Reaction) => number): readonly Score[] =>
  call.reactions
    .filter(({ event, into }) => event.takesFloor && event.stimulus !== 'key' && !event.sham && into !== undefined)
    .map((reaction) => {
      const yielded = yieldedWithin(reaction, call.over, NEVER_STOPPED);
      const dose = doseOf(reaction);
      const { onset: at, id: of } = reaction.event;
      const note = yielded ? `let her in at ${dose.toFixed(0)}` : `went on at ${dose.toFixed(0)}`;
      return dosed(score(metric, yielded ? 1 : 0, { at, of, class: classOf(reaction), note }), dose);
    });

/** An observation with the strength of what it answers, to a tenth. */
const dosed = (observation: Score, dose: number): Score => ({ ...observation, dose: Math.round(dose * 10) / 10 });
