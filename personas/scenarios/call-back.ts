import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const callBack: Scenario = {
  summary: 'has a complaint for the manager, and is content to be called back when the manager is not there',
  stakes: 'high',
  opens: 'agent',
  facts: { reason: 'complaint' },
  lines: [
    line({
      topic: 'opening',
      say: 'this is {name}, could i speak to your manager about yesterday',
      again: [
        'my name is {name} and i want to speak to the manager',
        "it's {name}, i have a complaint for the manager",
      ],
      tells: { name: '{name}', reason: 'complaint' },
    }),
    line({
      topic: 'handoff-consent',
      say: 'yes, do that',
      again: ['to the manager, please', 'yes, please'],
    }),
    line({ topic: 'message', say: 'yes, they can call me back', again: ['yes, please call me back', 'yes'] }),
    line({
      topic: 'phone',
      say: 'the number is {phone}',
      again: ["it's {phone}", '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: "yes, that's right", again: ['yes'] }),
    line({ topic: 'anything-else', say: 'no, that was all' }),
    line({ topic: 'goodbye', say: 'all right, goodbye' }),
    aside({ topic: 'name', say: 'my name is {name}', again: ['{name}', "it's {name}"], tells: { name: '{name}' } }),
    aside({
      topic: 'service',
      say: "it's a complaint",
      again: ['a complaint', 'for the manager'],
      tells: { reason: 'complaint' },
    }),
    aside({
      topic: 'fix:name',
      say: 'no, my name is {name}',
      again: ['no, {name}', "sorry, it's {name}"],
      tells: { name: '{name}' },
    }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, it is {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'desk:name', say: "it's {name}", again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'desk:phone', say: "it's {phone}", again: ['{phone}'], tells: { phone: '{phone}' } }),
    aside({ topic: 'desk:reason', say: 'it is about my visit yesterday', tells: { reason: 'complaint' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'manager', facts: ['name'] } },
  slips: {
    phone: {
      line: 'phone',
      wrong: 'the number is five five five, nine nine nine nine',
      wrongValue: '5559999',
      repair: "sorry, that's my old number, it's {phone}",
      inTurn: 'no, sorry, {phone}',
    },
  },
};

export default callBack;
