import { pickSome, rewriteLine, setting } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedLine } from '../../harness/model/plan.ts';

/** The first `times` ways are mumbled, the one after them is clear. */
function mumbled(line: PlannedLine, times: number): PlannedLine {
  const ways = [{ pieces: line.pieces, manner: line.manner }, ...line.again];
  const last = ways.at(-1) ?? { pieces: line.pieces, manner: line.manner };
  const padded = ways.length > times ? ways : [...ways, ...Array.from({ length: times }, () => last)];
  const spoken = padded
    .slice(0, times + 1)
    .map((way, index) => (index < times ? { ...way, manner: { ...way.manner, mumbled: true } } : way));
  const [first, ...again] = spoken;
  return { ...line, pieces: first?.pieces ?? line.pieces, manner: first?.manner ?? line.manner, again };
}

/** Settings: `lines` how many of her lines she mumbles (1), and how many `times` each (2). */
const mumbles: Habit = {
  summary: 'swallows a line, twice or more: she has to be asked again, and then differently',
  bounds: [{ metric: 'fallback_recall', of: 'rate', limit: 0.5 }],
  apply(draft, settings, dice) {
    const worth = draft.lines.filter(
      (line) => line.onAgenda && ['opening', 'day', 'time', 'when', 'name'].includes(line.topic),
    );
    const times = setting(settings, 'times', 2);
    return pickSome(worth, setting(settings, 'lines', 1), dice).reduce(
      (before, line) => rewriteLine(before, line.id, (clear) => mumbled(clear, times)),
      draft,
    );
  },
};

export default mumbles;
