import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const cancelVisit: Scenario = {
  summary: 'is leaving town and calls off the visit on Wednesday',
  stakes: 'medium',
  opens: 'agent',
  facts: { action: 'cancel', day: 'wednesday' },
  lines: [
    line({
      topic: 'opening',
      say: "hello, i'll be out of town, so i have to cancel my visit",
      again: ['i want to cancel my appointment', 'please cancel my appointment'],
      tells: { action: 'cancel' },
    }),
    line({ topic: 'name', say: 'yes, {name}', again: ["it's {name}", '{name}'], tells: { name: '{name}' } }),
    line({
      topic: 'day',
      say: 'the one on wednesday',
      again: ["it's on wednesday", 'wednesday'],
      tells: { day: '{day}' },
    }),
    line({ topic: 'confirm', say: 'yes, please do', again: ["yes, that's right", 'yes'] }),
    line({ topic: 'anything-else', say: "no, i'm good" }),
    line({ topic: 'goodbye', say: 'thank you, bye' }),
    aside({ topic: 'service', say: 'a check-up', again: ['the check-up'] }),
    aside({ topic: 'fix:day', say: 'no, the one on {day}', again: ['no, {day}'], tells: { day: '{day}' } }),
    aside({
      topic: 'fix:name',
      say: "no, it's {name}",
      again: ['sorry, my name is {name}', 'no, {name}'],
      tells: { name: '{name}' },
    }),
    aside({ topic: 'phone', say: '{phone}', again: ['my number is {phone}'], tells: { phone: '{phone}' } }),
    aside({ topic: 'handoff-consent', say: 'okay then' }),
    aside({ topic: 'desk:name', say: "it's {name}", tells: { name: '{name}' } }),
  ],
  expect: {
    commit: { action: 'cancel', slots: ['name', 'day'] },
    handoff: { truth: 'must-not', facts: [] },
  },
  slips: {
    day: {
      line: 'day',
      wrong: 'the one on monday',
      wrongValue: 'monday',
      repair: 'sorry, i mean wednesday',
      inTurn: 'no, wait, wednesday',
      later: 'wait, it was the one on wednesday',
      away: 'or no, make that monday',
    },
  },
};

export default cancelVisit;
