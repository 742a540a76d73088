import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const urgentTooth: Scenario = {
  summary: 'had a tooth out, is bleeding, and needs a nurse this minute',
  stakes: 'high',
  opens: 'agent',
  facts: { reason: 'urgent' },
  lines: [
    line({
      topic: 'opening',
      say: 'i had a tooth out this morning and it is still bleeding',
      again: ["it won't stop bleeding, i need a nurse", "i'm bleeding, can i talk to a nurse"],
      tells: { reason: 'urgent' },
    }),
    line({ topic: 'name', say: "it's {name}", again: ['{name}', 'my name is {name}'], tells: { name: '{name}' } }),
    line({
      topic: 'handoff-consent',
      say: 'yes, quickly, please',
      again: ['yes, please', 'yes'],
    }),
    line({ topic: 'message', say: 'yes, have her call me', again: ['yes, please', 'yes'] }),
    line({
      topic: 'phone',
      say: "that's {phone}",
      again: ['my number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: 'yes, right', again: ['yes'] }),
    line({ topic: 'goodbye', say: 'okay, thank you, goodbye' }),
    aside({ topic: 'anything-else', say: 'no, just hurry, please' }),
    aside({ topic: 'service', say: "it's the bleeding", again: ['the bleeding'] }),
    aside({ topic: 'day', say: "right now, it's bleeding", again: ['now, please'] }),
    aside({
      topic: 'fix:name',
      say: 'no, the name is {name}',
      again: ['no, {name}'],
      tells: { name: '{name}' },
    }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'desk:name', say: 'my name is {name}', again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'desk:reason', say: "it hasn't stopped bleeding", tells: { reason: 'urgent' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'nurse', facts: [] } },
  slips: {},
};

export default urgentTooth;
