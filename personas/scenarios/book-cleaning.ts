import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const bookCleaning: Scenario = {
  summary: 'wants a cleaning on Tuesday at three',
  stakes: 'medium',
  opens: 'agent',
  facts: { action: 'book', service: 'cleaning', day: 'tuesday', time: '15:00' },
  lines: [
    line({
      topic: 'opening',
      say: "hi there, i think it's time for my next cleaning",
      again: ["i'd like to book a cleaning", 'a cleaning, please'],
      tells: { action: 'book', service: 'cleaning' },
    }),
    line({
      topic: 'day',
      say: 'tuesday would suit me best',
      again: ['on tuesday, please', 'tuesday'],
      tells: { day: '{day}' },
    }),
    line({
      topic: 'time',
      say: 'three in the afternoon, if you have it',
      again: ["at three o'clock", 'three p m'],
      tells: { time: '{time}' },
    }),
    line({ topic: 'name', say: "it's {name}", again: ['my name is {name}', '{name}'], tells: { name: '{name}' } }),
    line({
      topic: 'phone',
      say: 'you can reach me on {phone}',
      again: ['the number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: "yes, that's right", again: ['yes, exactly', 'yes'] }),
    line({ topic: 'anything-else', say: "no, that's all, thank you" }),
    line({ topic: 'goodbye', say: 'great, bye now' }),
    aside({
      topic: 'service',
      say: 'just a cleaning',
      again: ['a cleaning, please', 'cleaning'],
      tells: { service: 'cleaning' },
    }),
    aside({ topic: 'fix:service', say: 'no, i need a cleaning', tells: { service: 'cleaning' } }),
    aside({ topic: 'fix:day', say: 'no, it should be {day}', again: ['no, {day}'], tells: { day: '{day}' } }),
    aside({ topic: 'fix:time', say: 'no, i said {time}', again: ['no, at {time}'], tells: { time: '{time}' } }),
    aside({
      topic: 'fix:name',
      say: 'no, the name is {name}',
      again: ['sorry, my name is {name}', 'no, {name}'],
      tells: { name: '{name}' },
    }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ["that's not quite it, my number is {phone}", 'no, my number is {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'handoff-consent', say: 'all right, thank you' }),
    aside({ topic: 'desk:name', say: "it's {name}", tells: { name: '{name}' } }),
    aside({ topic: 'desk:phone', say: "my number's {phone}", tells: { phone: '{phone}' } }),
  ],
  expect: {
    commit: { action: 'book', slots: ['service', 'day', 'time', 'name', 'phone'] },
    handoff: { truth: 'must-not', facts: [] },
  },
  slips: {
    day: {
      line: 'day',
      wrong: 'thursday would suit me best',
      wrongValue: 'thursday',
      repair: 'sorry, make that tuesday',
      inTurn: 'no, wait, tuesday',
      later: 'oh, you know what, could you make it tuesday',
      away: 'no, make that thursday',
    },
    time: {
      line: 'time',
      wrong: 'two in the afternoon, if you have it',
      wrongValue: '14:00',
      repair: 'actually, three is better',
      inTurn: 'no, sorry, three',
      later: 'one more thing, could we make that three',
      away: 'sorry, i meant two',
    },
  },
};

export default bookCleaning;
