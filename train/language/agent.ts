import type { Rules } from './pattern.ts';

/** What the agent and the desks of such a clinic say: the caller listens with the same ear. */
export const AGENT: Rules = {
  clinic:
    '(riverside | bright | city | family | hillside | downtown | garden | main street) (dental | dental clinic | dental care | dentistry | clinic)',
  greet:
    '[thank you for calling | welcome to | this is | you have reached] <clinic> [how can i help [you] [today] | what can i do for you | how may i help you | my name is <first>]',
  which:
    '(what | which) (day | time | date | number | name | doctor | appointment) (is it | works | works for you | would you like | would suit you | should i put down | do you need | is best [for you]) [please]',
  whats:
    "(what's | what is | could you tell me | can you give me | may i have | can i get | could i have | tell me | i need | i just need) (your | the) ([full | first | last] name | [phone] number | date of birth | invoice number | reason for [the | your] visit | day | best number to reach you | address | email | insurance [company]) [please | again]",
  offer:
    'i (have | can offer you | can do | see) <when> [or <when>] | we have <when> [open | free | available] | there is (an opening | a slot | space) <when> | the (next | earliest) (opening | one | i have) is <when> | (would | does) <when> (work | suit you | be okay)',
  readback:
    "(so | okay | great | let me check | just to confirm | let me read that back) (that's | you'd like | i have | i've got you down for | your name is | that is) (<when> | <first> <last> | <phone> | a <reason> <when> | <birth>) [is that right | is that correct | correct | right | did i get that right]",
  again:
    "(sorry | i'm sorry | excuse me | pardon me) [could you say that again | i didn't catch that | i did not get that | i missed that | could you repeat that] [please] | (i'm having | i am having) trouble hearing you | let me try that (again | another way) | could you say (it | that) (slowly | once more | one more time | digit by digit) | you can say (a day | a name | book move or cancel | yes or no) | could you spell (that | your last name)",
  done: "(you're | you are) (all set | booked [in] | confirmed) [for <when>] | (your appointment | that | it) is (booked | moved | cancelled | confirmed | changed) [to <when>] | (i have | i've) (moved | booked | cancelled | changed) (it | that | your appointment) [for you] | we will see you <when> | see you <when> | you will get a (text | reminder | message)",
  hand: "(i'm | i am | i will be | let me | i'll) (putting you through | transferring you | connecting you | put you through | transfer you | connect you) to (billing | the manager | a nurse | the nurse | the front desk | a person | someone who can help | one of my colleagues) [now | please hold] | (one moment | please hold | please stay on the line | just a moment | hold on | bear with me) [please] | (nobody | no one) is (answering | available | free) [right now] | the line is busy | can i take a message | somebody will call you back | i will have (billing | them | someone) call you back",
  desk: "(billing | front desk | nurse's desk | manager's office | hello billing) [this is <first>] [speaking] [how can i help] | i (have | see) your (name | details | notes | file) [here] | i can see (that | your booking | the charge | the invoice) | (what was | what is) (the amount | the charge | the invoice number | your name | your date of birth | the date [of the visit]) | which (charge | invoice | bill | visit) is (it | this) about | how can i help with that",
  info: "(we are | we're | the clinic is) (open | closed) (from <time> to <time> | on <day> | <day> to <day>) | a <reason> (costs | is | starts at) <amount> | it (takes | will take) (about | around) <number> minutes | we (open | close) at <time> [on <day>] | we (do | don't) (take | accept) (that | your) insurance | there is parking behind the building",
  more: "(is there | can i help with | was there | do you need) (anything else | something else) [today | i can do for you] | what else can i do [for you] | (thank you | thanks) for calling [goodbye | bye | have a nice day] | (goodbye | bye [bye] | have a (good | great | nice) (day | <part>)) | no problem | you're welcome | take your time | (okay | all right | got it | sure | great | of course | i see | understood) | are you still there | hello | which would you like | would you like to (book | move | cancel | confirm) [an appointment | it]",
  agent:
    '<greet> | <which> | <which> | <whats> | <whats> | <whats> | <offer> | <offer> | <readback> | <readback> | <again> | <again> | <done> | <hand> | <hand> | <desk> | <desk> | <info> | <more> | <more> | <more> | <greet> <more>',
};
