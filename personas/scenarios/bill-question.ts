import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const billQuestion: Scenario = {
  summary: 'was charged twice and needs somebody in billing',
  stakes: 'high',
  opens: 'agent',
  facts: { reason: 'billing' },
  lines: [
    line({
      topic: 'opening',
      say: "hi, this is {name}, i think there's a mistake on my bill, can somebody take a look",
      again: ['my name is {name} and i have a question about my bill', 'i want to talk to billing, my name is {name}'],
      tells: { name: '{name}', reason: 'billing' },
    }),
    line({
      topic: 'phone',
      say: "my number's {phone}, in case we get cut off",
      again: ['the number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({
      topic: 'handoff-consent',
      say: 'yes, please put me through',
      again: ['to billing, please', 'yes, please'],
    }),
    line({ topic: 'message', say: 'then just ask them to call me back, please', again: ['please call me back'] }),
    line({ topic: 'confirm', say: 'yes, that would be good', again: ['yes'] }),
    line({ topic: 'anything-else', say: 'no, nothing else' }),
    line({ topic: 'goodbye', say: 'thank you, goodbye' }),
    aside({
      topic: 'service',
      say: "it's about my bill",
      again: ['about a bill', 'billing'],
      tells: { reason: 'billing' },
    }),
    aside({ topic: 'name', say: "it's {name}", again: ['{name}', 'my name is {name}'], tells: { name: '{name}' } }),
    aside({
      topic: 'fix:name',
      say: 'no, the name is {name}',
      again: ['sorry, my name is {name}', 'no, {name}'],
      tells: { name: '{name}' },
    }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, my number is {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'desk:name', say: "i'm {name}", again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'desk:phone', say: "it's {phone}", again: ['{phone}'], tells: { phone: '{phone}' } }),
    aside({ topic: 'desk:reason', say: 'i think i was charged twice', tells: { reason: 'billing' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'billing', facts: ['name'] } },
  slips: {
    phone: {
      line: 'phone',
      wrong: "my number's five five five, nine nine nine nine",
      wrongValue: '5559999',
      repair: "sorry, that's my old number, it's {phone}",
      inTurn: 'no, sorry, {phone}',
    },
  },
};

export default billQuestion;
