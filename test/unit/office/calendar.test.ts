import { expect, test } from 'vitest';
import { freeTimes, isFree } from '../../../harness/office/calendar.ts';
import { scenarios } from '../../../harness/run/registry.ts';

test('nobody is booked outside opening hours or at a time somebody else has', () => {
  expect(freeTimes('sunday')).toEqual([]);
  expect(isFree('tuesday', '07:30')).toBe(false);
  expect(isFree('tuesday', '18:00')).toBe(false);
  expect(isFree('tuesday', '09:00')).toBe(false);
  expect(isFree('tuesday', '09:30')).toBe(true);
});

test('every appointment a scenario wants, and every slip on the way to it, can be had', async () => {
  let looked = 0;
  for (const [name, scenario] of await scenarios()) {
    const { day, time } = scenario.facts;
    if (day === undefined || time === undefined) continue;
    looked += 1;
    expect([name, isFree(day, time)]).toEqual([name, true]);
    for (const [slot, slip] of Object.entries(scenario.slips)) {
      const wrong = { day, time, [slot]: slip.wrongValue };
      expect([name, slot, isFree(wrong.day, wrong.time)]).toEqual([name, slot, true]);
    }
  }
  expect(looked).toBeGreaterThan(0);
});
