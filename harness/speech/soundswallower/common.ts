import type { Dictionary, Entry } from './dictionary.ts';
import { entriesOf } from './dictionary.ts';
import { MARK } from './garbage.ts';

/**
 * Everyday English, without anything that could be a value (numbers, days, names). In a grammar's rule `<common>` these
 * words compete with its phrases and take what was none of them: real words tell "overdue" from "the bill" better than
 * sound shapes do. They are heard and thrown away.
 */
const EVERYDAY = `
i i'm i'd i've i'll it it's you your you're he she we we're they them me my a an the and or but if because that that's
this there there's here what what's when where how who why which is are was were be been am do does did don't doesn't
didn't have has had haven't can could can't couldn't would should might may must get got give going gone come came take
make made need want wanted like liked love know knew think thought say said tell told see saw look looking find found
feel let put call called calling talk speak hear try trying work worked works working help helping wait start started
stop leave left keep turn move show pay bring happened of in on at with by about up out off over down back into
since around through between during again not just very really too also only still even always never maybe already soon
then once twice much many more most some any every all both each other another same such few little lot bit great nice
better best new old last next long short big small different hard free busy ready possible available due happy
time times days week weeks month year morning night hour moment thing things something anything nothing
family mother father son daughter wife husband friend kids child home house office school car way place part side tooth
teeth pain hurts mouth hi hello well um uh ah instead rather kind afraid mistake question problem schedule change
changed name email address letter card money send sent reach catch fit cut case suit overdue yesterday weather coffee
`;

/** The words of `<common>`, as a dictionary knows them. */
export const commonWords: readonly string[] = [...new Set(EVERYDAY.split(/\s+/).filter(Boolean))];

/** The rule `<common>`: one everyday word outside the grammar. */
export const commonRule = `<common> = ${commonWords.map((word) => MARK + word).join(' | ')};`;

/** Dictionary entries of `<common>`, under names that are thrown away when heard. */
export const commonEntries = (dictionary: Dictionary): readonly Entry[] =>
  entriesOf(commonWords, dictionary, {}).map(([word, phones]) => [MARK + word, phones]);
