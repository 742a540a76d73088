import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const wantsAPerson: Scenario = {
  summary: 'does not talk to machines and asks for somebody at once',
  stakes: 'medium',
  opens: 'agent',
  facts: { reason: 'person' },
  lines: [
    line({
      topic: 'opening',
      say: "no offence, but i'd rather speak to somebody real",
      again: ['i want to talk to a person', 'a person, please'],
      tells: { reason: 'person' },
    }),
    line({
      topic: 'handoff-consent',
      say: 'yes, do that',
      again: ['yes, a person, please', 'yes'],
    }),
    line({ topic: 'message', say: 'no, i will call again later', again: ['no, thanks', 'no'] }),
    line({ topic: 'goodbye', say: 'okay, goodbye' }),
    aside({ topic: 'name', say: 'it is {name}', again: ['{name}', 'my name is {name}'], tells: { name: '{name}' } }),
    aside({ topic: 'service', say: 'i just want a person', again: ['a person, please'] }),
    aside({ topic: 'anything-else', say: 'no, just a person' }),
    aside({ topic: 'desk:reason', say: 'i wanted a person, that is all', tells: { reason: 'person' } }),
    aside({ topic: 'desk:name', say: 'it is {name}', tells: { name: '{name}' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'front desk', facts: [] } },
  slips: {},
};

export default wantsAPerson;
