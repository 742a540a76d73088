import { expect, test } from 'vitest';
import type { Facts } from '../../../harness/model/plan.ts';
import type { CallEvent } from '../../../harness/model/record.ts';
import { ms } from '../../../harness/model/time.ts';
import { besideLedger } from '../../../reports/site/pages/handoff/packets.ts';
import { samplePlan } from '../store/sample.ts';

const said = (at: number, facts: Facts, desk = false): CallEvent => ({
  source: 'caller',
  kind: 'said',
  at: ms(at),
  line: `at-${at}`,
  topic: '',
  text: '',
  way: 0,
  mumbled: false,
  onset: ms(at),
  end: ms(at + 500),
  pauses: [],
  facts,
  cut: false,
  desk,
});
const packet = (at: number, facts: Facts): CallEvent => ({
  source: 'office',
  kind: 'packet',
  at: ms(at),
  id: 'p1',
  packet: { desk: 'billing', intent: '', reason: '', facts, done: [], pending: [] },
});
const refer: CallEvent = { source: 'wire', kind: 'refer', at: ms(9100), to: 'sip:billing@desk' };
const plan = samplePlan('a', {
  expect: {
    commit: { action: 'message', slots: [] },
    handoff: { truth: 'must', desk: 'billing', facts: ['name', 'phone'] },
  },
});

test('the packet is held against her latest words by then: lost, stale and invented facts are told apart', () => {
  const events = [
    said(1000, { name: 'Ines', day: 'Monday', phone: '555 0100', mood: 'calm' }),
    said(3000, { day: 'Tuesday' }),
    packet(9000, { name: 'ines', day: 'Monday', insurer: 'Acme' }),
    refer,
    said(12_000, { name: 'Agnes' }, true),
  ];
  expect(besideLedger({ events, plan })).toEqual([
    { fact: 'name', told: 'Ines', held: 'ines', found: 'same' },
    { fact: 'day', told: 'Tuesday', held: 'Monday', found: 'differs' },
    { fact: 'phone', told: '555 0100', held: undefined, found: 'missing' },
    { fact: 'mood', told: 'calm', held: undefined, found: 'left out' },
    { fact: 'insurer', told: undefined, held: 'Acme', found: 'invented' },
  ]);
});

test('without a packet everything required is missing, and a call that was kept has nothing to compare', () => {
  const told = said(1000, { name: 'Ines' });
  expect(besideLedger({ events: [told, refer], plan })).toEqual([
    { fact: 'name', told: 'Ines', held: undefined, found: 'missing' },
  ]);
  expect(besideLedger({ events: [told], plan })).toEqual([]);
});
