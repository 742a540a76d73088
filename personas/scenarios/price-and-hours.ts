import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const priceAndHours: Scenario = {
  summary: 'only wants to know what a cleaning costs and when the clinic is open',
  stakes: 'low',
  opens: 'agent',
  facts: {},
  lines: [
    line({
      topic: 'opening',
      say: 'hi, what do you charge for a cleaning these days',
      again: ['how much is a cleaning', 'the price of a cleaning, please'],
    }),
    line({
      topic: 'hours',
      say: 'okay, and how late are you there on fridays',
      again: ['what are your hours on friday', 'when are you open on friday'],
    }),
    line({
      topic: 'price',
      say: 'good to know. and a filling, what would that come to',
      again: ['how much is a filling', 'the price of a filling, please'],
    }),
    line({ topic: 'anything-else', say: "no, that's all" }),
    line({ topic: 'goodbye', say: 'thanks a lot, bye' }),
    aside({ topic: 'confirm', say: 'no, not today, thanks' }),
    aside({ topic: 'service', say: 'a cleaning', again: ['for a cleaning', 'cleaning'] }),
    aside({ topic: 'day', say: 'no, thank you, goodbye' }),
    aside({ topic: 'name', say: "it's {name}", tells: { name: '{name}' } }),
    aside({ topic: 'handoff-consent', say: "no, that's not needed" }),
  ],
  expect: { handoff: { truth: 'must-not', facts: [] } },
  slips: {},
};

export default priceAndHours;
