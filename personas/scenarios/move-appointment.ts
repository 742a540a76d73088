import { aside, line } from '../../harness/model/script.ts';
import type { Scenario } from '../../harness/model/plan.ts';

const moveAppointment: Scenario = {
  summary: 'cannot come and wants the appointment on Friday at ten thirty instead',
  stakes: 'medium',
  opens: 'agent',
  facts: { action: 'move', day: 'friday', time: '10:30' },
  lines: [
    line({
      topic: 'opening',
      say: "hello, something came up at work, so i'd need to move my appointment",
      again: ['i need to move my appointment', 'i want to change my appointment to another day'],
      tells: { action: 'move' },
    }),
    line({ topic: 'name', say: 'sure, {name}', again: ["it's {name}", '{name}'], tells: { name: '{name}' } }),
    line({
      topic: 'when',
      say: 'would friday work, around {time} in the morning',
      again: ['friday at {time}', 'friday, {time}'],
      tells: { day: '{day}', time: '{time}' },
    }),
    line({
      topic: 'phone',
      say: "that's {phone}",
      again: ['my number is {phone}', '{phone}'],
      tells: { phone: '{phone}' },
    }),
    line({ topic: 'confirm', say: 'yes, perfect', again: ["yes, that's correct", 'yes'] }),
    line({ topic: 'anything-else', say: "no, that's it" }),
    line({ topic: 'goodbye', say: 'thanks for your help, goodbye' }),
    aside({ topic: 'day', say: 'friday, if you can', again: ['on friday', 'friday'], tells: { day: '{day}' } }),
    aside({
      topic: 'time',
      say: '{time} would be good',
      again: ['{time} in the morning', 'at {time}'],
      tells: { time: '{time}' },
    }),
    aside({
      topic: 'service',
      say: "it's a check-up",
      again: ['a check-up', 'the check-up'],
      tells: { service: 'check-up' },
    }),
    aside({ topic: 'fix:day', say: 'no, on {day}', again: ['no, {day}'], tells: { day: '{day}' } }),
    aside({ topic: 'fix:time', say: 'no, at {time}', again: ['no, {time}'], tells: { time: '{time}' } }),
    aside({
      topic: 'fix:name',
      say: "no, it's {name}",
      again: ['sorry, my name is {name}', 'no, {name}'],
      tells: { name: '{name}' },
    }),
    aside({
      topic: 'fix:phone',
      say: 'no, the number is {phone}',
      again: ['no, my number is {phone}'],
      tells: { phone: '{phone}' },
    }),
    aside({ topic: 'handoff-consent', say: 'okay, fine' }),
    aside({ topic: 'desk:name', say: 'this is {name}', tells: { name: '{name}' } }),
    aside({ topic: 'desk:phone', say: '{phone}', tells: { phone: '{phone}' } }),
  ],
  expect: {
    commit: { action: 'move', slots: ['day', 'time', 'name'] },
    handoff: { truth: 'must-not', facts: [] },
  },
  slips: {
    day: {
      line: 'when',
      wrong: 'would monday work, around {time} in the morning',
      wrongValue: 'monday',
      repair: 'sorry, i meant friday',
      inTurn: 'no, hang on, friday',
      later: 'oh, can we make that friday instead',
      away: 'actually, make it monday',
    },
    time: {
      line: 'when',
      wrong: 'would friday work, around eleven in the morning',
      wrongValue: '11:00',
      repair: 'actually, make it {time}',
      inTurn: 'or no, {time}',
      later: 'sorry, could we do {time} after all',
      away: 'no, make that eleven',
    },
  },
};

export default moveAppointment;
