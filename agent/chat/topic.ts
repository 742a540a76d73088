import type { Topic } from '../ear/meaning.ts';

/** Words that tell what a question is about, the surest first. */
const SIGNS: readonly (readonly [Topic, RegExp])[] = [
  [
    'confirm',
    /\b(is (that|this|it|everything) (right|correct|okay)|(that's|that is) (right|correct)|does that sound)\b/,
  ],
  ['more', /\b(anything|something) else\b|\bis that all\b/],
  ['consent', /\b(shall i|would you like me to|do you want me to|should i|may i put|is it okay)\b/],
  ['message', /\bwhat is it about\b|\bone word for it\b|\bwhat('s| is| should) (the|your) message\b/],
  ['phone', /\b(phone|telephone|number|digits|reach you)\b/],
  ['name', /\b(name|who is calling|who am i speaking)\b/],
  ['service', /\b(come in for|which service|what service|kind of (visit|appointment)|a cleaning, a check)/],
  ['time', /\b(what time|which time|time suits|time works|just the time|when on|what hour)\b/],
  ['day', /\b(which day|what day|other day|another day|just the day|day would|day works|day suits|when would)\b/],
  ['confirm', /\b(yes,? or no|correct)\b/],
];

/**
 * What an answer is expected about, from what the agent has said: an ear with a closed grammar has to be told. `before` is
 * what was asked before that, which a reply without a question leaves as it was.
 */
export function topicOf(said: string, before: Topic): Topic {
  const question =
    said
      .toLowerCase()
      .match(/[^.?!]*\?/g)
      ?.at(-1) ??
    said.toLowerCase().match(/[^.?!]+[.!]*\s*$/)?.[0] ??
    '';
  const known = SIGNS.find(([, sign]) => sign.test(question))?.[0];
  return known ?? (question.includes('?') ? 'opening' : before);
}
