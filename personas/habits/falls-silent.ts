import { rewriteLine, setting } from '../../harness/model/draft.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { Silence } from '../../harness/model/plan.ts';

const ENDS: readonly Silence['ends'][] = ['speaks', 'hangs-up'];

/**
 * Settings: `for` how long, ms (9500); it `ends` when she `speaks` or `hangs-up` (speaks): long enough and the latter, and she had
 * gone away for good.
 */
const fallsSilent: Habit = {
  summary: 'says nothing for long when it is her turn, after the first answer she got',
  bounds: [{ metric: 'nudge_latency', of: 'max', limit: 9000 }],
  apply(draft, settings) {
    const ends = ENDS.find((one) => one === (settings['ends'] ?? 'speaks'));
    if (!ends) throw new UsageError(`a silence ends with one of ${ENDS.join(', ')}, not with "${settings['ends']}"`);
    const line = draft.lines.filter(({ onAgenda }) => onAgenda)[1];
    const silence: Silence = { forMs: setting(settings, 'for', 9500), ends };
    return line ? rewriteLine(draft, line.id, (before) => ({ ...before, silence })) : draft;
  },
};

export default fallsSilent;
