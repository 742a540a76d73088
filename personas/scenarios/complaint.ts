import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const complaint: Scenario = {
  summary: 'waited an hour last week, is angry, and wants the manager to hear of it',
  stakes: 'high',
  opens: 'agent',
  facts: { reason: 'complaint' },
  lines: [
    line({
      topic: 'opening',
      say: "this is {name}. i sat there for an hour last week, and honestly, that's ridiculous",
      again: ['my name is {name} and i want to make a complaint', "it's {name}, i want to speak to the manager"],
      tells: { name: '{name}', reason: 'complaint' },
    }),
    line({
      topic: 'handoff-consent',
      say: 'yes, get me the manager',
      again: ['the manager, please', 'yes, please'],
    }),
    line({ topic: 'message', say: 'fine, then have him call me', again: ['yes, please', 'yes'] }),
    line({
      topic: 'phone',
      say: "i'm at {phone}",
      again: ['my number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: "yes, that's it exactly", again: ['yes'] }),
    line({ topic: 'goodbye', say: 'thanks, goodbye' }),
    aside({ topic: 'anything-else', say: 'no, that was all' }),
    aside({ topic: 'service', say: 'a complaint', again: ['about the waiting, a complaint'] }),
    aside({ topic: 'name', say: 'i am {name}', again: ['{name}', 'my name is {name}'], tells: { name: '{name}' } }),
    aside({ topic: 'fix:name', say: 'no, the name is {name}', again: ['no, {name}'], tells: { name: '{name}' } }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'desk:name', say: "it's {name}", again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'desk:reason', say: 'you kept me waiting an hour', tells: { reason: 'complaint' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'manager', facts: ['name'] } },
  slips: {},
};

export default complaint;
