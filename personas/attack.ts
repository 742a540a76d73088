import type { PlanDraft, PlannedLine } from '../harness/model/plan.ts';

/** The draft in which she says `attack` once her business is on the table: before the second thing she wants. */
export function afterOpening(draft: PlanDraft, attack: PlannedLine): PlanDraft {
  const opening = draft.lines.findIndex(({ topic }) => topic === 'opening');
  return { ...draft, lines: draft.lines.toSpliced(opening + 1, 0, attack) };
}
