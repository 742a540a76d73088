import type { CallView, Metric, Score, Turn } from '../../harness/model/metric.ts';
import { brokeOffFor, classOfPause, cutsPause, cutsSpeech, SHORTEST_PAUSE } from '../turns/cutting-in.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'cut_in';

const ofPauses = (call: CallView, turn: Turn): Score[] =>
  turn.pauses
    .filter(({ from, to }) => to - from >= SHORTEST_PAUSE)
    .map((pause) => {
      const by = cutsPause(call, turn, pause);
      const length = inMs(pause.to - pause.from);
      const note = by
        ? `cut in ${inMs(by.onset - pause.from)} into a pause of ${length}`
        : `waited out a pause of ${length}`;
      return score(METRIC, by ? 1 : 0, {
        at: by?.onset ?? pause.from,
        of: turn.line,
        class: classOfPause(pause),
        u: 0,
        note,
      });
    });

function ofSpeech(call: CallView, turn: Turn): Score {
  const by = brokeOffFor(call, turn) ?? cutsSpeech(call, turn);
  const note = by ? 'began to speak over her' : 'let her finish';
  return score(METRIC, by ? 1 : 0, { at: by?.onset ?? turn.callerOnset, of: turn.line, class: 'turn', note });
}

/**
 * The agent takes the floor inside a pause she means to hold (one observation per pause of 150 ms or more: class `pause`
 * inside something unfinished, `after-value` after words that could have been all), or before the end of her turn (class
 * `turn`). An agent's backchannel is no cut-in.
 */
const cutIn: Metric = {
  summary: "share of the caller's pauses and turns into which the agent cuts",
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 2,
  needs: ['wire'],
  measure(call) {
    return call.turns
      .filter(({ desk }) => !desk)
      .flatMap((turn) => {
        const pauses = ofPauses(call, turn);
        return pauses.some(({ value }) => value === 1) ? pauses : [...pauses, ofSpeech(call, turn)];
      });
  },
};

export default cutIn;
