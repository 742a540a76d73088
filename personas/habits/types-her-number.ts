import { rewriteLine } from '../../harness/model/draft.ts';
import type { DtmfKey } from '../../harness/model/line.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedLine } from '../../harness/model/plan.ts';

const isKey = (digit: string): digit is DtmfKey => /^[0-9]$/.test(digit);

/** Announces the number and types it; asked again, she says it. */
const typed = (line: PlannedLine): PlannedLine => ({
  ...line,
  pieces: [{ say: "i'll type that in for you" }],
  keys: [...(line.facts['phone'] ?? '')].filter(isKey),
  again: [{ pieces: line.pieces, manner: line.manner }, ...line.again],
});

const typesHerNumber: Habit = {
  summary: 'types her telephone number on the keypad instead of saying it',
  bounds: [{ metric: 'task_success', of: 'rate', limit: 1 }],
  apply: (draft) =>
    draft.lines
      .filter(({ onAgenda, facts }) => onAgenda && facts['phone'] !== undefined)
      .reduce((before, { id }) => rewriteLine(before, id, typed), draft),
};

export default typesHerNumber;
