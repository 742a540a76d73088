import { pickSome, rewriteLine, setting } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedLine } from '../../harness/model/plan.ts';

/** Ways of saying it, at most: the next one would be clear, were there one. */
const MOST_WAYS = 3;

/** The first `times` ways are mumbled, the one after them, if it is not the fourth, is clear. */
function mumbled(line: PlannedLine, times: number): PlannedLine {
  const ways = [{ pieces: line.pieces, manner: line.manner }, ...line.again];
  const last = ways.at(-1) ?? { pieces: line.pieces, manner: line.manner };
  const padded = ways.length > times ? ways : [...ways, ...Array.from({ length: times }, () => last)];
  const spoken = padded
    .slice(0, Math.min(times + 1, MOST_WAYS))
    .map((way, index) => (index < times ? { ...way, manner: { ...way.manner, mumbled: true } } : way));
  const [first, ...again] = spoken;
  return { ...line, pieces: first?.pieces ?? line.pieces, manner: first?.manner ?? line.manner, again };
}

/** Settings: `lines` how many of her lines she mumbles (1), `times` how often each (2); after three she never speaks up. */
const mumbles: Habit = {
  summary: 'swallows a line, twice: she has to be asked again, and then differently',
  bounds: [{ metric: 'fallback_recall', of: 'rate', limit: 0.5 }],
  apply(draft, settings, dice) {
    const worth = draft.lines.filter(
      (line) => line.onAgenda && ['opening', 'day', 'time', 'when', 'name'].includes(line.topic),
    );
    return pickSome(worth, setting(settings, 'lines', 1), dice).reduce(
      (before, line) => rewriteLine(before, line.id, (told) => mumbled(told, setting(settings, 'times', 2))),
      draft,
    );
  },
};

export default mumbles;
