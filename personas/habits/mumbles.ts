import { pickSome, rewriteLine, setting } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedLine } from '../../harness/model/plan.ts';

/** Ways of saying it before she speaks up. */
const MUMBLED_WAYS = 2;

/** The first two ways are mumbled, the third is clear. */
function mumbled(line: PlannedLine): PlannedLine {
  const ways = [{ pieces: line.pieces, manner: line.manner }, ...line.again];
  const last = ways.at(-1) ?? { pieces: line.pieces, manner: line.manner };
  const padded = ways.length > MUMBLED_WAYS ? ways : [...ways, ...Array.from({ length: MUMBLED_WAYS }, () => last)];
  const spoken = padded
    .slice(0, MUMBLED_WAYS + 1)
    .map((way, index) => (index < MUMBLED_WAYS ? { ...way, manner: { ...way.manner, mumbled: true } } : way));
  const [first, ...again] = spoken;
  return { ...line, pieces: first?.pieces ?? line.pieces, manner: first?.manner ?? line.manner, again };
}

/** Settings: `lines` how many of her lines she mumbles (1). */
const mumbles: Habit = {
  summary: 'swallows a line, twice: she has to be asked again, and then differently',
  bounds: [{ metric: 'fallback_recall', of: 'rate', limit: 0.5 }],
  apply(draft, settings, dice) {
    const worth = draft.lines.filter(
      (line) => line.onAgenda && ['opening', 'day', 'time', 'when', 'name'].includes(line.topic),
    );
    return pickSome(worth, setting(settings, 'lines', 1), dice).reduce(
      (before, line) => rewriteLine(before, line.id, mumbled),
      draft,
    );
  },
};

export default mumbles;
