import type { Facts } from '../../harness/model/plan.ts';
import type { Slot, Topic } from './meaning.ts';

/**
 * "Actually, three is better", over the next question: while one thing is asked about, a value given before may still be
 * taken back; those that may, the likeliest first. In such a state the ear waits for that too: the search for names alone
 * would make a name of "three", and the search for a number digits of it.
 */
const BEFORE: Readonly<Partial<Record<Topic, readonly Slot[]>>> = {
  day: ['service', 'name'],
  time: ['day', 'service'],
  name: ['time', 'day', 'service'],
  phone: ['name', 'time', 'day'],
};

/** How each value is said when it replaces another. */
const said: Readonly<Partial<Record<Slot, string>>> = {
  service: '[a | the | for a] <service>',
  day: '[on | to] <day>',
  time: '[at | around | to] <time>',
  name: "[it's | it is | the name is] <name>",
};

/** The rules of a correction of any of `slots`, to be put beside a state's own. */
const corrects = (slots: readonly Slot[]): string => `<taken_back> = [<gasp>] <turn> [<turn>] <replaced> [<rest>+];
<gasp> = uh | um | oh | well;
<turn> = no | nope | sorry | wait | no sorry | no wait | actually | rather | i meant | i said | make that | make it;
<rest> = /0.3/ <hedge> | /1/ <common>;
<replaced> = ${slots.map((slot) => said[slot] ?? '').join(' | ')};`;

/** The values, of those `held`, that may still be taken back while `asked` is the question; the likeliest first. */
export function revisable(asked: Topic, askedBefore: Topic | undefined, held: Facts): readonly Slot[] {
  const given = (BEFORE[asked] ?? []).filter((slot) => held[slot] !== undefined);
  return given.toSorted((a, b) => Number(b === askedBefore) - Number(a === askedBefore));
}

/** The state of the ear in which `asked` is answered; and, where anything was `given` before, that may be taken back. */
export const stateAfter = (asked: Topic, given: readonly Slot[]): string =>
  given.length === 0 ? asked : `${asked} or before`;

/** Every state in which something may be taken back, by name: what is asked about, and the rules of the correction. */
export const revisions: readonly { readonly name: string; readonly asked: Topic; readonly rules: string }[] =
  Object.entries(BEFORE).map(([asked, slots]) => ({
    name: stateAfter(asked as Topic, slots),
    asked: asked as Topic,
    rules: corrects(slots),
  }));
