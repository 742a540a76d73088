import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const leaveMessage: Scenario = {
  summary: 'wants the dentist to call back and leaves a name and a number for it',
  stakes: 'medium',
  opens: 'agent',
  facts: { action: 'message' },
  lines: [
    line({
      topic: 'opening',
      say: 'good morning, could i leave a message for the dentist',
      again: ['i want to leave a message', 'please take a message'],
      tells: { action: 'message' },
    }),
    line({ topic: 'name', say: "i'm {name}", again: ['my name is {name}', '{name}'], tells: { name: '{name}' } }),
    line({
      topic: 'phone',
      say: 'best to try {phone}',
      again: ['the number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: 'yes, thank you', again: ["yes, that's right", 'yes'] }),
    line({ topic: 'anything-else', say: 'no, only that' }),
    line({ topic: 'goodbye', say: 'many thanks, goodbye' }),
    aside({ topic: 'message', say: 'yes, just to call me back', again: ['call me back'] }),
    aside({ topic: 'service', say: 'just to call me back', again: ['call me back'] }),
    aside({ topic: 'fix:name', say: 'no, the name is {name}', again: ['no, {name}'], tells: { name: '{name}' } }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'handoff-consent', say: 'no, a message will do' }),
    aside({ topic: 'desk:name', say: "it's {name}", tells: { name: '{name}' } }),
  ],
  expect: {
    commit: { action: 'message', slots: ['name', 'phone'] },
    handoff: { truth: 'must-not', facts: [] },
  },
  slips: {
    phone: {
      line: 'phone',
      wrong: 'best to try five five five, nine nine nine nine',
      wrongValue: '5559999',
      repair: "sorry, that's my old number, it's {phone}",
      inTurn: 'no, sorry, {phone}',
      later: 'oh, better use {phone}',
      away: 'or no, take five five five, nine nine nine nine',
    },
  },
};

export default leaveMessage;
