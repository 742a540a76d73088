import { firstNames, lastNames, services, weekdays } from './lexicon.ts';
import type { Topic } from './meaning.ts';
import { OVERHEARD, overheardGrammar } from './overheard.ts';
import { revisions } from './revisions.ts';

/** Words that a dictionary may lack, in the stock model's phones (ARPAbet). */
export const pronunciations: Readonly<Record<string, string>> = {
  toothache: 'T UW TH EY K',
  ines: 'IY N EH S',
  paula: 'P AO L AH',
  wanda: 'W AA N D AH',
  carla: 'K AA R L AH',
  "name's": 'N EY M Z',
  "number's": 'N AH M B ER Z',
  late: 'L EY T',
  mhm: 'M HH M',
  'uh-huh': 'AH HH AH',
  huh: 'HH AH',
  hmm: 'HH M',
  mm: 'M',
  alright: 'AO L R AY T',
  ha: 'HH AA',
  heh: 'HH EH',
  hee: 'HH IY',
  hah: 'HH AH',
};

const any = (words: readonly string[]): string => words.join(' | ');

/**
 * Key words and phrases only: a caller may say anything around them, which `<common>` and `<garbage>` take up.
 * Short words fit into anything and are left out, or bound to what follows them, wherever they do not decide something.
 */
const rules: Readonly<Record<string, string>> = {
  day: `${any(weekdays.slice(0, 5))} | tomorrow`,
  // "Today" alone is what a telephone makes of "Tuesday".
  closed: 'saturday | sunday | for today | later today',
  hour: 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve',
  half: "a m | p m | in the morning | in the afternoon | in the evening | o'clock",
  time: '<hour> [thirty | fifteen | forty five] [<half>] | half past <hour> | quarter past <hour> | quarter to <hour> | at noon',
  minute: 'thirty | fifteen | forty five',
  daytime: 'in the morning | in the afternoon | in the evening',
  surely:
    '<hour> <minute> <half> | <hour> <daytime> | (at | around) <hour> <minute> | (at | around) <hour> <half> | half past <hour>',
  booked: '(on | next | this) <day> | <day> (at | around) <hour> [thirty] [<half>]',
  when: '<day> | <day> (at | around) <hour> [thirty] [<half>] | <surely>',
  digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine',
  four: '<digit> <digit> <digit> <digit>',
  seven: '/0.9/ <digit> <digit> <digit> <four> | /0.1/ <digit> <digit> <digit> <breath> <four>',
  // Taking the second group up after a pause sounds like a word of its own; any other word there would take the "oh" up.
  breath: 'uh | um | ah | hmm',
  first: any(firstNames),
  last: any(lastNames),
  name: '<first> <last>',
  named: '(my name is | name is | this is) <name>',
  numbered: "(my number is | my number's | number is | reach me on | call me on) <seven>",
  service: any(Object.keys(services).filter((name) => name !== 'checkup')),
  wish: 'book | an appointment | schedule | move my appointment | move the appointment | reschedule | change my appointment | another day | another time | cancel | confirm my appointment | a message | call me back',
  money: 'how much | the price | price of | the cost | you charge | that come to',
  open: 'your hours | opening hours | how late | are you open | do you open | do you close',
  desk: 'my bill | the bill | billing | my invoice | an invoice | insurance | a refund | the manager | a manager | a nurse | the nurse | a complaint',
  help: "bleeding | swollen | can't breathe | terrible pain | so much pain | an emergency",
  // Long words only: to a mumble, "fed up" is as good as anything, and a mumble would be sent to the manager.
  cross: 'ridiculous | unacceptable',
  robot: 'are you a robot | are you human | are you a real person | is this a robot | is this a machine',
  odd: 'your instructions | your prompt | the prompt | ignore | disregard | your rules | the rules | password | pretend',
  person:
    'real person | a person | talk to a human | talk to somebody | talk to someone | speak to somebody | speak to someone | front desk | put me through',
  fix: 'no wait | make that | make it | i meant | actually | no sorry | hang on | scratch that',
  yes: "yes | yeah | yep | that's right | that's correct | correct | exactly | perfect | sure | please do",
  assent: 'exactly | perfect | absolutely | of course',
  no: "no | nope | that's wrong | that's not right",
  bye: "goodbye | bye | bye now | thank you | thanks | that's all | that's it | nothing else",
  again: 'say that again | repeat that | hold on | one moment',
  // Never without a word before it: half a number is what an ear makes of anything that it does not know.
  renumbered: "(no | nope | sorry | no sorry | no wait | actually | use | rather) [it's | it is] <seven>",
  lead: "my name is | my number is | my number's | the number is",
  hedge: "um | uh | well | sure | it's | it is | that's | please",
  back: 'mhm | uh-huh | okay | yeah | right | i see | oh | great',
  instead:
    "[sorry | oh] (no | nope | i said | make it | make that | actually | i meant | rather) [the name is | it's | it is | at | on | for a | sorry] (<hour> [<minute>] [<half>] | <day> | <name> | <service>)",
};

/** What the state expects, what else may well come, and what takes up the rest. */
interface State {
  readonly core: string;
  /** Mixed initiative without every word at every time. */
  readonly also: string;
  /** The rule for words outside the grammar: everyday words where anything may be said, sound shapes in short answers. */
  readonly rest: string;
  /** What may well be all she says: a word by itself is otherwise easily lost to an everyday one. */
  readonly bare?: string;
}

/** Weighed down: what is said once in a hundred calls must not cost the days and times that are said in all of them. */
const seldom = '/0.2/ <help> | /0.1/ <cross> | /0.1/ <robot>';
const matters = `<wish> | <money> | <open> | <desk> | ${seldom} | <person> | <again> | <bye>`;
/** What may break into an answer of another kind. */
const urgent = '<person> | <again> | <bye>';

const free = '/0.2/ <hedge> | /1/ <common>';
const fixed = '/0.3/ <hedge> | /0.1/ <garbage>';

/** A yes or a no alone, agreed to twice, or with a word of courtesy at most. */
const answers = '/1/ (<yes> | <no>) [please] | /1/ (yes | yeah | yep) <assent>';
/** Nothing more is wanted: a no, a leave, or both. */
const closing = `${answers} | /1/ [<no>] <bye> [<bye>]`;

const states: Readonly<Record<Exclude<Topic, 'phone'>, State>> = {
  opening: {
    core: '<wish> | <service> | <money> | <open> | <desk> | /0.5/ <help> | <person> | <named>',
    also: '<booked> | <again> | /0.5/ <bye> | <back> | /0.2/ <cross> | /0.2/ <robot> | /0.3/ <odd>',
    rest: free,
  },
  service: { core: '<service>', also: `<booked> | ${matters} | <back>`, rest: free },
  day: { core: '<when> | /0.03/ <closed>', also: `${matters} | <back>`, rest: free },
  time: { core: '<time> | at <hour> | <when>', also: `${matters} | <back>`, rest: free },
  name: { core: '<name> | /0.2/ <first> | /0.2/ <last>', also: `<when> | ${urgent} | <seven> | <back>`, rest: fixed },
  message: { core: '<desk> | <service>', also: '<person> | <bye> | <back>', rest: free },
  confirm: {
    core: '<yes> | <no> | /0.5/ <instead>',
    also: `/2/ <when> | <named> | <numbered> | <renumbered> | ${matters}`,
    rest: free,
    bare: answers,
  },
  more: {
    core: '<yes> | <no> | <bye>',
    also: `<service> | <when> | <booked> | /0.5/ <hour> <minute> | <renumbered> | ${matters} | <back>`,
    rest: free,
    bare: closing,
  },
  consent: {
    core: '<yes> | <no> | all right | alright | go ahead',
    also: `<when> | <named> | ${matters} | <back>`,
    rest: free,
    bare: answers,
  },
};

const used = /<(\w+)>/g;

/** The rules that `text` needs, each once. */
function closure(text: string, found = new Map<string, string>()): ReadonlyMap<string, string> {
  for (const [, name = ''] of text.matchAll(used)) {
    const body = rules[name];
    if (body === undefined || found.has(name)) continue;
    found.set(name, body);
    closure(body, found);
  }
  return found;
}

/** Mostly what was asked about, its corrections and leads, anything else that may come, and what is outside. */
const loose = ({
  core,
  also,
  rest: outside,
  bare,
}: State): string => `public <utterance> = ${bare ? `(${bare}) <part>* | ` : ''}<part>+;
<part> = /0.5/ <core> | /0.15/ <also> | /0.08/ <fix> | /0.07/ <lead> | /0.05/ <instead> | ${outside};
<core> = ${core};
<also> = ${also};`;

/** A phone number has a fixed length: a digit more or less is a mistake of the ear, not of the caller. */
const phone = `public <utterance> = /3/ [<around>] <seven> | /0.03/ [<around>] <seven> <around> | /0.3/ [<around>] <some> | /1/ [<around>] <number> <fix> <number> [<around>] | /3/ <other>+;
<around> = (/0.3/ <lead> | /0.3/ <hedge> | /0.4/ <common>)+;
<some> = <four> | <digit> <digit> <digit>;
<number> = /0.8/ <seven> | /0.2/ <some>;
<other> = <back> | <person> | <again> | <bye> | <open> | <money> | <booked> | <instead> | <hedge> | <common>;`;

/** She answers what was asked, or takes back what she gave before: the odds are even, since the words differ enough. */
const TAKEN_BACK = 'public <utterance> = /1/ <answer> | /1/ <taken_back>;';

const bodyOf = (topic: Topic): string => (topic === 'phone' ? phone : loose(states[topic]));

function grammar(topic: Topic, body = bodyOf(topic)): string {
  const needed = [...closure(body)].map(([name, text]) => `<${name}> = ${text};`);
  return `#JSGF V1.0;\ngrammar ${topic};\n${body}\n${needed.join('\n')}\n`;
}

/** The state's own grammar, and beside it the corrections of what was given before. */
const revisable = (topic: Topic, rules: string): string =>
  grammar(topic, `${TAKEN_BACK}\n${bodyOf(topic).replace('public <utterance>', '<answer>')}\n${rules}`);

const topics = [...Object.keys(states), 'phone'] as readonly Topic[];

/** JSGF by what was asked about, and the one for what is said over the agent. `<garbage>` is the ear's. */
export const grammars: Readonly<Record<string, string>> = {
  ...Object.fromEntries(topics.map((topic) => [topic, grammar(topic)])),
  ...Object.fromEntries(revisions.map(({ name, asked, rules: more }) => [name, revisable(asked, more)])),
  [OVERHEARD]: overheardGrammar,
};
