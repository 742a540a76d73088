import type { Rules } from './pattern.ts';

/** Days, dates, clock times, digits and years as they are said. */
export const NUMBERS: Rules = {
  weekday: 'monday | tuesday | wednesday | thursday | friday | saturday | sunday',
  day: '<weekday> | <weekday> | <weekday> | today | tomorrow',
  part: 'morning | afternoon | evening | lunchtime | noon | night',
  month: 'january | february | march | april | may | june | july | august | september | october | november | december',
  small: 'first | second | third | fourth | fifth | sixth | seventh | eighth | ninth',
  teenth:
    'tenth | eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth | twentieth',
  ordinal: '<small> | <teenth> | twenty <small> | thirtieth | thirty first',
  hour: 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve',
  minutes: "fifteen | thirty | thirty | forty five | oh five | ten | twenty | twenty five | forty | fifty | o'clock",
  half: 'a.m. | p.m. | in the morning | in the afternoon | in the evening | at night',
  time: '<hour> [<minutes>] [<half>] | <hour> <half> | half past <hour> | [a] quarter (past | to) <hour> | noon | midday',
  date: '[the] <ordinal> of <month> | <month> [the] <ordinal> | the <ordinal>',
  digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine | <digit>',
  digits3: '<digit> <digit> <digit> | <digit> double <digit>',
  digits4: '<digit> <digit> <digit> <digit>',
  phone:
    '<digits3> , <digits3> , <digits4> | <digits3> <digits4> | <digits3> <digits3> <digits4> | <digits4> <digits3>',
  unit: 'one | two | three | four | five | six | seven | eight | nine',
  teen: 'ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen',
  ten: 'twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety',
  number: '<unit> | <teen> | <ten> | <ten> <unit> | <ten> <unit> | <unit> hundred [and <ten> [<unit>]]',
  year: 'nineteen (<teen> | <ten> | <ten> <unit> | <ten> <unit>) | two thousand [and] <unit> | twenty (<teen> | <ten> <unit>)',
  amount: '<number> (dollars | pounds | euros) [and <ten> [<unit>] cents] | <unit> hundred dollars',
  birth: '<month> [the] <ordinal> <year> | the <ordinal> of <month> <year> | <ordinal> <month> <year>',
};
