import { FIRST_NAMES, LAST_NAMES } from '../language/words.ts';
import { isKnown } from './grammar.ts';

/** Kinds of value an agent commits, by the words they are made of. */
const KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  day: words('monday tuesday wednesday thursday friday saturday sunday today tomorrow'),
  month: words('january february march april may june july august september october november december'),
  ordinal: words(
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
      'sixteenth seventeenth eighteenth nineteenth twentieth thirtieth',
  ),
  number: words(
    'zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
      'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety thousand half quarter past',
  ),
  half: words('a.m. p.m. morning afternoon evening'),
  first: new Set(FIRST_NAMES),
  last: new Set(LAST_NAMES),
  reason: words('cleaning filling toothache crown check root canal'),
  act: words(
    'book make move cancel confirm open close charge billing bill invoice insurance manager nurse human person',
  ),
  answer: words('yes yeah no nope wrong'),
  asked: words('name number birth day time date'),
};

/** What one hypothesis was worth. */
export interface Marks {
  readonly errors: number;
  readonly words: number;
  readonly slots: number;
  readonly rightSlots: number;
  /** Kinds of value heard though none was said. */
  readonly invented: number;
}

/**
 * Marks `heard` against `said`. Words that no grammar knows are left out of both.
 * A slot is a kind of value that was said: right when exactly its words were heard, in order.
 */
export function mark(said: string, heard: string): Marks {
  const reference = said.split(' ').filter(isKnown);
  const hypothesis = heard.split(' ').filter(isKnown);
  let [slots, rightSlots, invented] = [0, 0, 0];
  for (const kind of Object.values(KINDS)) {
    const wanted = said
      .split(' ')
      .filter((word) => kind.has(word))
      .join(' ');
    const got = hypothesis.filter((word) => kind.has(word)).join(' ');
    if (wanted !== '') {
      slots++;
      if (wanted === got) rightSlots++;
    } else if (got !== '') {
      invented++;
    }
  }
  return { errors: editDistance(reference, hypothesis), words: reference.length, slots, rightSlots, invented };
}

/** Fewest insertions, deletions and substitutions that make one of the other. */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let row = to.map((_, j) => j + 1);
  let corner = 0;
  from.forEach((word, i) => {
    let left = i + 1;
    let diagonal = corner;
    corner = i + 1;
    row = row.map((above, j) => {
      const best = Math.min(above + 1, left + 1, diagonal + (word === to[j] ? 0 : 1));
      diagonal = above;
      left = best;
      return best;
    });
  });
  return row.at(-1) ?? from.length;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
