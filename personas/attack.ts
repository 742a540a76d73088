import type { PlanDraft, PlannedLine } from '../harness/model/plan.ts';

/** The draft in which she says `attack` first thing, before her business is on the table. */
export function beforeOpening(draft: PlanDraft, attack: PlannedLine): PlanDraft {
  const opening = draft.lines.findIndex(({ topic }) => topic === 'opening');
  return { ...draft, lines: draft.lines.toSpliced(Math.max(0, opening), 0, attack) };
}
