import { firstNames, lastNames, services, weekdays } from './lexicon.ts';
import type { Topic } from './meaning.ts';

/** Words the stock dictionary does not have, in its phones (ARPAbet). */
export const pronunciations: Readonly<Record<string, string>> = {
  toothache: 'T UW TH EY K',
  whitening: 'W AY T AH N IH NG',
  uhm: 'AH M',
};

const any = (words: readonly string[]): string => words.join(' | ');

const hour = 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve';

/**
 * Key words and short phrases only: a caller may say anything around them, which `<garbage>` takes up.
 * Words that leave a sentence open ("on", "my number is", "um") are listed so that the agent waits for the rest.
 */
const rules = `
<day> = ${any(weekdays)} | today | tomorrow;
<hour> = ${hour};
<minute> = fifteen | thirty | forty five;
<half> = a m | p m | in the morning | in the afternoon | in the evening;
<time> = <hour> [<minute>] [o'clock] [<half>] | half past <hour> | quarter past <hour> | quarter to <hour> | noon;
<surely> = <hour> <minute> [<half>] | <hour> <half> | <hour> o'clock | at <hour> | half past <hour> | quarter past <hour> | quarter to <hour> | noon;
<digit> = zero | oh | one | two | three | four | five | six | seven | eight | nine;
<digits> = <digit>+ | double <digit>;
<first> = ${any(firstNames)};
<last> = ${any(lastNames)};
<name> = <first> <last>;
<named> = (my name is | my name's | name is | this is | i'm | it's | i am) <name>;
<numbered> = (my number is | my number's | number is | number's | reach me on | reach me at) <digits>;
<service> = ${any(Object.keys(services).filter((name) => name !== 'checkup'))};
<wish> = book | appointment | schedule | move | reschedule | change | cancel | confirm | message | call me back | fit me in | come in;
<money> = how much | price | cost | charge | come to;
<open> = hours | how late | how early | open | close;
<desk> = bill | billing | invoice | charged | insurance | refund | manager | nurse | complaint;
<person> = person | human | somebody | someone | front desk | speak to | talk to | put me through;
<fix> = no wait | wait | sorry | make that | make it | i meant | i mean | actually | instead | rather | hang on | hold on;
<yes> = yes | yeah | yep | that's right | that's correct | right | correct | sure | exactly | perfect | okay | please;
<no> = no | nope | not | that's wrong | wrong;
<bye> = goodbye | bye | thank you | thanks | that's all | that's it | nothing else;
<again> = say that again | repeat | what was that | pardon;
<filler> = um | uh | well | so | er;
<lead> = and | on | at | for | the | my | to | it's | my name is | my number is | the number is | i'd like | i need | this is;
<back> = mhm | uh-huh | hmm | mm | i see | oh | good | great;
`;

const core: Readonly<Record<Topic, string>> = {
  opening: '<wish> | <service> | <money> | <open> | <desk> | <person> | <named>',
  service: '<service>',
  day: '<day> | <surely>',
  time: '<time> | <day>',
  name: '<name> | <first> | <last>',
  phone: '<digits>',
  message: '<desk> | <service>',
  confirm: '<yes> | <no>',
  more: '<yes> | <no> | <bye> | <money> | <open> | <service>',
  consent: '<yes> | <no> | <person>',
};

const always =
  '<wish> | <service> | <day> | <surely> | <money> | <open> | <desk> | <person> | <named> | <numbered> | <again>';

/** One grammar: mostly what was asked about, anything else at any time, and garbage around it. */
function grammar(topic: Topic): string {
  return `#JSGF V1.0;
grammar ${topic};
public <utterance> = <part>+;
<part> = /0.5/ <core> | /0.14/ <always> | /0.1/ <answer> | /0.08/ <fix> | /0.05/ <filler> | /0.06/ <lead> | /0.03/ <back> | /0.04/ <garbage>;
<core> = ${core[topic]};
<always> = ${always};
<answer> = <yes> | <no> | <bye>;
${rules}`;
}

const topics: readonly Topic[] = [
  'opening',
  'service',
  'day',
  'time',
  'name',
  'phone',
  'message',
  'confirm',
  'more',
  'consent',
];

/** JSGF by what was asked about. `<garbage>` is the ear's. */
export const grammars: Readonly<Record<string, string>> = Object.fromEntries(
  topics.map((topic) => [topic, grammar(topic)]),
);
