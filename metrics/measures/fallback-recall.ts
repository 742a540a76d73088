import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { repairsOf, type Repair } from '../turns/repairs.ts';

const METRIC = 'fallback_recall';

const NOTES: Readonly<Record<Repair['outcome'], string>> = {
  'asked-again': 'asked her to say it again',
  offered: 'offered her a person',
  'handed-over': 'handed her over to a person',
  'went-on': 'went on as if it had understood a mumbled line',
  'call-over': 'never asked her to say it again',
};

/** Share of mumbled lines after which the agent asks again (she says the same line again), offers a person or hands over. Needs a listening mind. */
const fallbackRecall: Metric = {
  summary: 'share of unintelligible lines after which the agent asks again, offers a person or hands over',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['wire'],
  measure(call) {
    return repairsOf(call).map(({ said, outcome }) => {
      const repaired = outcome !== 'went-on' && outcome !== 'call-over';
      const about = { at: said.end, of: `${said.line}#${said.way}`, class: 'mumbled' };
      return score(METRIC, repaired ? 1 : 0, { ...about, note: NOTES[outcome] });
    });
  },
};

export default fallbackRecall;
