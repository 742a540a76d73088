import type { Facts } from '../../harness/model/plan.ts';
import type { Slot, Topic } from './meaning.ts';

/**
 * "Actually, three is better", over the next question: while one thing is asked about, the value given a moment ago may
 * still be taken back. Each pair is a state of its own, the one asked about and the one just given: the search for names
 * would make a name of "three", and the search for a number digits of it.
 */
const FOLLOWS: Readonly<Partial<Record<Topic, readonly Slot[]>>> = {
  day: ['service', 'name'],
  time: ['day'],
  name: ['time', 'day'],
  phone: ['name', 'time'],
};

/** How each value is said when it replaces another. */
const said: Readonly<Partial<Record<Slot, string>>> = {
  service: '[a | the | for a] <service>',
  day: '[on | to] <day>',
  time: '[at | around | to] <time>',
  name: "[it's | it is | the name is] <name>",
};

/** The rules of a correction of `slot`, to be put beside a state's own. */
const corrects = (
  slot: Slot,
): string => `<taken_back> = [<gasp>] <turn> [<turn>] (/1/ <replaced> | /0.02/ <replaced> <rest>+);
<gasp> = uh | um | oh | well;
<turn> = no | nope | sorry | wait | no sorry | no wait | actually | rather | i meant | i said | make that | make it;
<rest> = /0.3/ <hedge> | /1/ <common>;
<replaced> = ${said[slot] ?? '<garbage>'};`;

/** The value that may still be taken back while `asked` is the question: the one given last, of those `held`. */
export function givenLast(asked: Topic, askedBefore: Topic | undefined, held: Facts): Slot | undefined {
  const given = (FOLLOWS[asked] ?? []).filter((slot) => held[slot] !== undefined);
  return given.find((slot) => slot === askedBefore) ?? given[0];
}

/** The state of the ear in which `asked` is answered and `given` may be taken back. */
export const stateAfter = (asked: Topic, given: Slot | undefined): string =>
  given === undefined ? asked : `${asked} after ${given}`;

/** Every such state, by name: what is asked about, and the rules of the correction. */
export const revisions: readonly { readonly name: string; readonly asked: Topic; readonly rules: string }[] =
  Object.entries(FOLLOWS).flatMap(([asked, slots]) =>
    slots.map((slot) => ({
      name: stateAfter(asked as Topic, slot),
      asked: asked as Topic,
      rules: corrects(slot),
    })),
  );
