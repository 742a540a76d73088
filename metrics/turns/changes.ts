import type { CallView } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';
import { sameValue, toldBy, type Told } from './ledger.ts';

/** Where in the conversation she changed her mind; `twice`: back to a value she had left, wherever that was. */
export type ChangePlace = 'in-turn' | 'mid-agent-speech' | 'next-turn' | 'after-confirmation' | 'twice';

/** A slot whose value she replaced: the last change of it. */
export interface Change {
  readonly slot: string;
  readonly old: string;
  readonly latest: string;
  readonly at: Ms;
  readonly place: ChangePlace;
}

/** The last change of each slot whose value she took back. */
export function changesOf(call: CallView): readonly Change[] {
  const told = toldBy(call.events).toSorted((a, b) => a.at - b.at);
  const slots = [...new Set(told.map(({ slot }) => slot))];
  return slots.flatMap(
    (slot) =>
      changeOf(
        call,
        told.filter((one) => one.slot === slot),
      ) ?? [],
  );
}

function changeOf(call: CallView, told: readonly Told[]): Change | undefined {
  const last = told.at(-1);
  if (!last) return undefined;
  const before = told.findLast(({ value }) => !sameValue(value, last.value));
  if (before) {
    const change = told.find(({ at, value }) => at > before.at && sameValue(value, last.value)) ?? last;
    const back = told.some(({ at, value }) => at < before.at && sameValue(value, last.value));
    const place = back ? 'twice' : placeOf(call, change);
    return { slot: last.slot, old: before.value, latest: last.value, at: change.at, place };
  }
  const takenBack = told.find(({ by, slot }) => wrongFirst(call, by, slot) !== undefined);
  const old = takenBack && wrongFirst(call, takenBack.by, takenBack.slot);
  return takenBack && old !== undefined
    ? { slot: last.slot, old, latest: last.value, at: takenBack.at, place: 'in-turn' }
    : undefined;
}

const wrongFirst = (call: CallView, line: string, slot: string): string | undefined =>
  call.plan.lines.find(({ id }) => id === line)?.takesBack?.[slot];

function placeOf(call: CallView, change: Told): ChangePlace {
  if (call.events.some((event) => event.kind === 'commit' && event.at < change.at)) return 'after-confirmation';
  return change.kind === 'stimulus' ? 'mid-agent-speech' : 'next-turn';
}
