import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const isItSore: Scenario = {
  summary:
    'has a sore gum and is not sure whether that needs anybody: to be put through to a nurse or not, both are right',
  stakes: 'medium',
  opens: 'agent',
  facts: {},
  lines: [
    line({
      topic: 'opening',
      say: "hi, my gum is a bit swollen, i don't know if that matters",
      again: ['my gum is swollen', 'can i ask a nurse about it'],
    }),
    line({ topic: 'handoff-consent', say: 'sure, why not', again: ['yes, please', 'yes'] }),
    line({ topic: 'anything-else', say: 'no, i was only wondering' }),
    line({ topic: 'goodbye', say: 'okay then, thanks, bye' }),
    aside({ topic: 'name', say: "it's {name}", again: ['{name}'], tells: { name: '{name}' } }),
    aside({ topic: 'message', say: 'no, thanks', again: ['no'] }),
    aside({ topic: 'service', say: 'only about the gum', again: ['my gum'] }),
    aside({ topic: 'desk:name', say: "it's {name}", tells: { name: '{name}' } }),
  ],
  expect: { handoff: { truth: 'may', facts: [] } },
  slips: {},
};

export default isItSore;
