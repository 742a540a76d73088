import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const insuranceQuestion: Scenario = {
  summary: 'wants to know whether her insurance pays for a crown: a question for billing',
  stakes: 'medium',
  opens: 'agent',
  facts: { reason: 'billing' },
  lines: [
    line({
      topic: 'opening',
      say: 'hi, does my insurance pay for something like a crown',
      again: ['i have a question about my insurance', "it's about insurance"],
      tells: { reason: 'billing', service: 'crown' },
    }),
    line({ topic: 'name', say: 'sure, this is {name}', again: ["it's {name}", '{name}'], tells: { name: '{name}' } }),
    line({
      topic: 'handoff-consent',
      say: 'yes, if they can tell me',
      again: ['yes, to billing, please', 'yes, please'],
    }),
    line({ topic: 'message', say: 'yes, ask them to call me back', again: ['yes, please', 'yes'] }),
    line({
      topic: 'phone',
      say: 'sure, {phone}',
      again: ['my number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: 'yes, correct', again: ['yes'] }),
    line({ topic: 'goodbye', say: 'all right, thanks, bye' }),
    aside({ topic: 'anything-else', say: 'no, only the insurance' }),
    aside({ topic: 'service', say: 'my insurance', again: ['about insurance'] }),
    aside({ topic: 'fix:name', say: 'no, the name is {name}', again: ['no, {name}'], tells: { name: '{name}' } }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'desk:name', say: 'this is {name}', again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'desk:reason', say: 'whether insurance pays for a crown', tells: { reason: 'billing' } }),
  ],
  expect: { handoff: { truth: 'must', desk: 'billing', facts: ['name'] } },
  slips: {},
};

export default insuranceQuestion;
