import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'audio_level';

/** Nominal active speech level on a telephone line (ITU-T P.56 and G.711), dBov. */
const NOMINAL = -26;

/** How far the agent's active level lies from -26 dBov, over all it says. Below it is too soft to be followed, above it it distorts. A diagnostic. */
const audioLevel: Metric = {
  summary: "how far the agent's active level is from -26 dBov",
  unit: 'dB',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const [first] = call.utterances;
    if (!first) return [];
    const length = call.utterances.reduce((sum, { onset, end }) => sum + end - onset, 0);
    const energy = call.utterances.reduce(
      (sum, { levelDb, onset, end }) => sum + 10 ** (levelDb / 10) * (end - onset),
      0,
    );
    if (length <= 0 || energy <= 0) return [];
    const level = 10 * Math.log10(energy / length);
    return [
      score(METRIC, Math.abs(level - NOMINAL), {
        at: first.onset,
        of: 'call',
        u: 0.5,
        note: `active at ${level.toFixed(1)} dBov`,
      }),
    ];
  },
};

export default audioLevel;
