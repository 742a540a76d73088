import type { Heard } from '../../harness/model/speech.ts';
import type { Gist } from '../floor/state.ts';
import { backchannels, digits, hours, isLight, laughter, weekdays } from './lexicon.ts';

/** Name of the grammar for what is said while the agent speaks. */
export const OVERHEARD = 'overheard';

const any = (words: Iterable<string>): string => [...new Set(words)].join(' | ');

/** What people say to take the floor, as far as it cannot be mistaken for attention or a laugh. */
const opener =
  'wait | stop | no | nope | hold on | hang on | sorry | excuse me | pardon | actually | one thing | hello | listen | please | can i | how much | question';

/** Short numbers sound like laughs. */
const confusable = new Set(['oh', 'zero', 'two', 'eight', 'ten']);
const values = [...weekdays, ...Object.keys(digits), ...Object.keys(hours)].filter((word) => !confusable.has(word));

/**
 * All of it attention or laughter, or anything else: a small grammar, since only that is decided by it, and at once.
 * Sound shapes fit anything a little, so the odds are against them. On 128 synthetic clips, half of them in a cafe at 15 dB:
 * at 1e-8, 28 of 32 "mm-hm"s were heard as such and 4 of 96 interruptions mistaken for one; at 1e-14, 31 and 6.
 * An opener or a value by itself is a shape that attention does not have: at 1e-6, 22 of 24 short ones were heard as words
 * and not 20, and no "mm-hm" was lost by it.
 */
export const overheardGrammar = `#JSGF V1.0;
grammar ${OVERHEARD};
public <utterance> = /1/ <attention> | /1e-8/ <back> <turning> <part>* | /1e-6/ <opener> | /1e-6/ <value> | /1e-12/ <part>+;
<attention> = <back> [<back>] | <laugh>+;
<part> = /0.1/ <back> | /0.3/ <opener> | /0.3/ <value> | /1/ <garbage>;
<back> = ah | i see | got it | uh huh | mm hmm | ${any(backchannels)};
<turning> = but | and | can | could;
<laugh> = ${any(laughter)};
<opener> = ${opener};
<value> = ${any(values)};
`;

/** What noise makes of an "oh": "no, okay" agrees, if it was said at all. */
const agreed = new Set(['no ok', 'no okay']);
/** "Got it" is attention; a "got" alone is what is left of "stop". */
const phrase = /\bgot it\b/g;
/** What noise makes of the end of a "yeah" or a "huh": if more follows, that it follows will tell. */
const trailing = / (and|but)$/;
const light = new Set(['ah', 'i', 'it', 'uh', 'and', ...laughter]);

/** With this share of sound shapes among them, words are no evidence of what was meant. */
const MOSTLY_OTHER = 0.5;

/**
 * What words heard over the agent's own amount to. Sounds outside the grammar are words all the same, unless attention is
 * all that is known of them: whether such a sound goes on says more than its words.
 */
export function overheard({ text, garbage }: Heard): Gist {
  if (text === '') return garbage > 0 ? 'unclear' : 'none';
  const rest = text
    .replace(phrase, '')
    .replace(trailing, '')
    .split(' ')
    .filter((word) => word !== '' && !light.has(word));
  if (rest.length === 0 || isLight(rest.join(' ')) || agreed.has(text)) return 'backchannel';
  return garbage > MOSTLY_OTHER ? 'unclear' : 'content';
}
