import { firstNames, lastNames, services, weekdays } from './lexicon.ts';
import type { Topic } from './meaning.ts';

/** Words that a dictionary may lack, in the stock model's phones (ARPAbet). */
export const pronunciations: Readonly<Record<string, string>> = {
  toothache: 'T UW TH EY K',
  ines: 'IY N EH S',
  paula: 'P AO L AH',
  wanda: 'W AA N D AH',
  "name's": 'N EY M Z',
  "number's": 'N AH M B ER Z',
  late: 'L EY T',
  mhm: 'M HH M',
  'uh-huh': 'AH HH AH',
};

const any = (words: readonly string[]): string => words.join(' | ');

/**
 * Key words and phrases only: a caller may say anything around them, which `<garbage>` takes up.
 * Short words fit into anything and are left out, or bound to what follows them, wherever they do not decide something.
 */
const rules: Readonly<Record<string, string>> = {
  day: `${any(weekdays.slice(0, 5))} | tomorrow`,
  closed: 'saturday | sunday | today',
  hour: 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve',
  half: "a m | p m | in the morning | in the afternoon | in the evening | o'clock",
  time: '<hour> [thirty | fifteen | forty five] [<half>] | half past <hour> | quarter past <hour> | quarter to <hour> | noon',
  minute: 'thirty | fifteen | forty five',
  surely: '<hour> <minute> <half> | (at | around) <hour> <minute> | (at | around) <hour> <half> | half past <hour>',
  booked: '(on | for | next | this) <day> | <day> (at | around) <hour> [thirty] [<half>]',
  when: '<day> | <day> (at | around) <hour> [thirty] [<half>] | <surely>',
  digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine',
  four: '<digit> <digit> <digit> <digit>',
  seven: '<digit> <digit> <digit> <four>',
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
  person:
    'real person | a person | talk to a human | talk to somebody | talk to someone | speak to somebody | speak to someone | front desk | put me through',
  fix: 'no wait | make that | make it | i meant | actually | no sorry | hang on | scratch that',
  yes: "yes | yeah | yep | that's right | that's correct | correct | exactly | perfect | sure | please do",
  no: "no | nope | that's wrong | that's not right",
  bye: "goodbye | bye | bye now | thank you | thanks | that's all | that's it | nothing else",
  again: 'say that again | repeat that | hold on | one moment',
  lead: 'my name is | my number is | the number is',
  back: 'mhm | uh-huh | okay | yeah | right | i see | oh | great',
};

/** What the state expects, and what else may well come: mixed initiative without every word at every time. */
interface State {
  readonly core: string;
  readonly also: string;
  /** Weight of words outside the grammar, between 0 and 1: low where the answer is long and fixed. */
  readonly garbage: number;
}

const matters = '<wish> | <money> | <open> | <desk> | <person> | <again> | <bye>';
/** What may break into an answer of another kind. */
const urgent = '<person> | <again> | <bye>';

const states: Readonly<Record<Topic, State>> = {
  opening: {
    core: '<wish> | <service> | <money> | <open> | <desk> | <person> | <named>',
    also: '<booked> | <again> | <back>',
    garbage: 0.25,
  },
  service: { core: '<service>', also: `<booked> | ${matters} | <back>`, garbage: 0.2 },
  day: { core: '<when> | /0.03/ <closed>', also: `${matters} | <back>`, garbage: 0.2 },
  time: { core: '<time> | at <hour> | <when>', also: `${matters} | <back>`, garbage: 0.2 },
  name: { core: '<name> | /0.2/ <first> | /0.2/ <last>', also: `<when> | ${urgent} | <seven> | <back>`, garbage: 0.12 },
  phone: {
    core: '/0.96/ <seven> | /0.02/ <four> | /0.02/ <digit> <digit> <digit>',
    also: urgent,
    garbage: 0.02,
  },
  message: { core: '<desk> | <service>', also: '<person> | <bye> | <back>', garbage: 0.2 },
  confirm: { core: '<yes> | <no>', also: `<when> | <named> | <numbered> | ${matters}`, garbage: 0.2 },
  more: { core: '<yes> | <no> | <bye>', also: `<service> | <day> | <booked> | ${matters} | <back>`, garbage: 0.2 },
  consent: { core: '<yes> | <no>', also: `${matters} | <back>`, garbage: 0.2 },
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

/** One grammar: mostly what was asked about, its corrections and leads, anything else that may come, and garbage around it. */
function grammar(topic: Topic): string {
  const { core, also, garbage } = states[topic];
  const body = `public <utterance> = <part>+;
<part> = /0.5/ <core> | /0.15/ <also> | /0.08/ <fix> | /0.07/ <lead> | /${garbage}/ <garbage>;
<core> = ${core};
<also> = ${also};`;
  const rest = [...closure(`${body} <fix> <lead>`)].map(([name, text]) => `<${name}> = ${text};`);
  return `#JSGF V1.0;\ngrammar ${topic};\n${body}\n${rest.join('\n')}\n`;
}

const topics = Object.keys(states) as readonly Topic[];

/** JSGF by what was asked about. `<garbage>` is the ear's. */
export const grammars: Readonly<Record<string, string>> = Object.fromEntries(
  topics.map((topic) => [topic, grammar(topic)]),
);
