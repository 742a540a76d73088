import type { Rules } from './pattern.ts';

/** What callers of a dental front desk say. */
export const CALLER: Rules = {
  hello: 'hi | hello | hey | good (morning | afternoon | evening) | hi there | hello there | yes hello',
  filler: 'um | uh | er | hmm | well | so | okay | right | let me think | let me see | you know | i mean | oh | ah',
  polite: 'please | thanks | thank you | if possible | if you can | if that is okay | when you have a minute',
  open:
    "(i'd | i would) (like | love) to | i want to | i need to | i have to | i was hoping to | i'm calling to | i'm trying to | (can | could | may) i | " +
    "would it be possible to | is it possible to | i'd rather | we want to | we need to | i'm phoning to | i must",
  visit:
    '(an | my | the | another) appointment | a visit | my visit | a check up | a cleaning | my booking | a slot | my next appointment | it | that | the booking | an exam',
  book: '<open> (book | make | schedule | set up | arrange | get | have) <visit>',
  move: '<open> (move | change | reschedule | shift | push back | bring forward | switch | postpone) <visit> [to <when>]',
  cancel: '<open> (cancel | call off | drop | take off) <visit> [on <day>]',
  confirm: '<open> (confirm | check | double check) <visit> | just (confirming | checking) [<visit>]',
  when: '[on | for | by | from] [next | this | the coming] <day> [<part>] [(at | around | about | after | before) <time>] | [on | for] <date> [at <time>] | (at | around) <time> [on <day>] | <time> | any time [<day>] | next week | this week | first thing [<day> morning] | [the] end of the week | in the <part>',
  ask_when:
    '(how about | what about | could we do | can you do | do you have | is there | have you got) (anything | something | a slot | space | <when>) [<when>] | (does | would) <when> work | i can (come | come in | do) <when> | <when> (works | is fine | is good | would be great | suits me) [for me] | when is your next opening | as soon as possible | the earliest you have | whenever you can',
  name: "my name is <first> <last> | (it's | this is | i'm | i am | the name is | name is | it is) <first> <last> | <first> <last> | (it's | this is) <first> | for <first> <last> | last name <last> | first name <first> | (mister | doctor | miss | missus) <last> | it's under <last> | for my (son | daughter | husband | wife | mother) <first>",
  number:
    "(my (phone | cell | mobile | home) number is | my number is | the number is | it's | you can reach me on | you can reach me at | call me back on | sure it's) <phone> | <phone> | <digits4> | <digits3> <digits3>",
  born: "(my date of birth is | i was born on | i was born | my birthday is | date of birth | it's) <birth> | <birth> | <month> <ordinal> | <year>",
  reason:
    'cleaning | filling | toothache | crown | check up | root canal | broken tooth | chipped tooth | consultation | x ray | whitening | extraction | bridge | implant | retainer | braces | night guard | sore gums | bleeding gums | wisdom tooth | follow up | emergency | second opinion | lost filling | deep cleaning | routine exam | denture',
  why: "(it's for | it's about | i need | i have | i've got | this is for | i'm having | for) (a | the | my) <reason> | a <reason> | <reason> [please] | it's (just | only) a <reason> | my tooth (hurts | is killing me | broke | is loose) | i have pain in my (jaw | tooth | gums | mouth) | my (crown | filling) (fell out | came off | came loose) | my face is swollen | i'm a new patient | i've (never | not) been (there | in) before | i'm already a patient",
  who: 'with doctor <last> | to see doctor <last> | the hygienist | the same dentist as last time | whoever is free | doctor <last>',
  money:
    "<open> (talk | speak) to (someone | somebody | a person) about (my bill | a bill | an invoice | a charge | my insurance | a payment | my account) | (i have | i've got) a question about (my | a | the) (bill | invoice | charge | payment | statement | account | insurance) | (there's | there is) a (charge | mistake | problem) (on | with) my (bill | invoice | account) | i was (charged | billed) twice | i was charged <amount> | the bill (says | was for) <amount> | i already paid [<amount>] | do you (take | accept) my insurance | why (is | was) it <amount> | the invoice number is <digits4> | i want a refund | can i pay (online | by card | in cash)",
  ask: "how much (is | does) (a <reason> | it) [cost] | what (does | would) (a <reason> | that) cost | what's the price [of a <reason>] | what are your (hours | prices | opening hours) | when (do you | are you) (open | close) [on <day>] | are you open (on <day> | today | now) | what time do you (open | close) [on <day>] | where are you [located] | is there parking | how long (does it take | will it take) | do you have (parking | weekend hours) | what do you charge for a <reason>",
  human:
    "(can i | could i | let me | i'd like to | i want to | i need to) (speak | talk) (to | with) (a | an actual | a real | some) (person | human | human being | nurse | manager | receptionist | doctor | body) | (put me through | transfer me | connect me) to (billing | the manager | the nurse | the front desk | a person | reception | accounts) | is there (a person | somebody | someone) [there] [i can talk to] | are you a (robot | machine | computer | real person) | (operator | representative | agent | front desk | billing | manager | nurse | human | person) [please] | i don't want to talk to a machine",
  yes: "yes | yeah | yep | sure | correct | that's right | that's correct | exactly | perfect | yes please | yes that works | yes that's fine | that's fine | okay | sounds good | right | absolutely | of course | go ahead | that's me | mm hmm | uh huh | yup | fine",
  no: "no | nope | no thanks | no thank you | that's wrong | that's not right | not really | that's not correct | no that's wrong | no it isn't | i don't think so | that doesn't work | neither | nothing else | not that one | no not <day> | i can't do <when>",
  fix: "(no | wait | no wait | actually | sorry | hold on | oh sorry | scratch that | hang on | actually no) (make (it | that) | i meant | it's | i said | let's do | let's say | change it to | can we do) (<when> | <time> | <day> | <first> <last> | <date> | <phone> | <digits4>) [instead | not <day>] | not <day> <day> | i meant <day> not <day> | <day> no <day> | i (changed my mind | made a mistake) [it's <day>]",
  repair:
    "(sorry | pardon | excuse me | what) [(can | could) you (repeat | say) that [again] [please]] | (can | could) you (repeat | say) (that | it) [again] | what was that | i (didn't | did not) (catch | hear | get) (that | you) | i don't understand | what do you mean | what did you say | are you (there | still there) | hello are you there | (hold on | one moment | just a second | wait a minute | one second | hang on) [please] | can you hear me | say again | slow down [please] | you're breaking up",
  bye: "(thanks | thank you) [so much | very much | a lot] [for your help] | (okay | great | perfect | that's all | that's it) (thanks | thank you) [bye | goodbye] | bye | goodbye | bye bye | see you (then | <day> | soon) | have a (good | nice | great) (day | one | <part>) | that's everything | take care | cheers",
  hurry:
    "i'm in a hurry | i don't have (much time | all day) | this is taking too long | i'll call back [later] | never mind | forget it | i've been waiting [for <number> minutes] | this is (ridiculous | terrible | urgent) | it really hurts",
  chat: "i'm (driving | at work | in a cafe | on the train) [right now] | the kids are (loud | home) | i have to (pick up | drop off) my (son | daughter | kids) [at <time>] | my (husband | wife | boss) (said | told me) (it | that) is (okay | fine) | my work schedule changed | i got your (message | reminder | letter | email) | you called me [yesterday | earlier | this <part>] | is this the dentist | is this the dental clinic",
  caller:
    '<hello> <book> | <book> [<when>] | <move> | <cancel> | <confirm> | [<filler>] <when> | [<filler>] <when> | <ask_when> | <ask_when> | <name> | <name> | [<filler>] <number> | <number> | <number> | <born> | <why> | <why> | <why> <who> | <money> | <money> | <ask> | <ask> | <human> | <human> | <yes> | <yes> [<polite>] | <no> | [<filler>] <fix> | <fix> | <repair> | <bye> | <hurry> | <chat> | <hello> <name> <book> | <yes> <when> | <yes> <name> | <hello> <ask> | <filler> <book> <when> <polite> | <no> <when> | <yes> <bye> | <name> and <number> | <hello> <why>',
};
