import { expect, test } from 'vitest';
import type { Bound } from '../../../harness/model/metric.ts';
import type { Plan, PlannedStimulus } from '../../../harness/model/plan.ts';
import { plansOf } from '../../../harness/run/plans.ts';
import { metrics } from '../../../harness/run/registry.ts';
import { loadSuite } from '../../../harness/run/suite.ts';
import { FAILED_CALLS } from '../../../metrics/gate/bound.ts';
import { TABLES } from '../../../reports/tables.ts';

const loaded = await loadSuite('exam');
const all = await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined });
const plans = all.filter(({ metronome }) => !metronome);
const done = plans.flatMap(({ stimuli }) => stimuli);
const real = (test: (stimulus: PlannedStimulus) => boolean): number =>
  done.filter((stimulus) => !stimulus.sham && test(stimulus)).length;
const pausesOf = (plan: Plan, why: string): number =>
  plan.lines
    .filter(({ onAgenda }) => onAgenda)
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => 'pauseMs' in piece && piece.why === why && piece.pauseMs >= 150).length;
const total = (count: (plan: Plan) => number): number => plans.reduce((sum, plan) => sum + count(plan), 0);

/** Some of what is planned is lost to calls that go another way: what the exam promises is planned with room. */
test('the exam plans fewer events than its answers need', () => {
  expect(total(({ lines }) => lines.filter(({ onAgenda }) => onAgenda).length)).toBeGreaterThan(2 * 368);
  expect(real(({ kind }) => kind === 'interruption')).toBeGreaterThanOrEqual(300);
  expect(real(({ takesFloor }) => !takesFloor)).toBeGreaterThanOrEqual(300);
  expect(total((plan) => pausesOf(plan, 'hesitation'))).toBeGreaterThanOrEqual(300);
  for (const kind of ['backchannel', 'cough', 'laugh', 'noise', 'far-speaker']) {
    expect(real((stimulus) => stimulus.kind === kind)).toBeGreaterThanOrEqual(45);
  }
});

test('the exam takes nothing off for chance, for want of shams', () => {
  const shams = (kinds: readonly string[]): number =>
    done.filter(({ sham, kind }) => sham && kinds.includes(kind)).length;
  expect(shams(['interruption'])).toBeGreaterThanOrEqual(20);
  expect(shams(['backchannel', 'cough', 'laugh', 'noise', 'far-speaker'])).toBeGreaterThanOrEqual(60);
});

test('a part of what is asked of an agent never comes up in the exam', () => {
  const interruptions = done.filter(({ kind }) => kind === 'interruption');
  expect(interruptions.filter(({ trigger }) => trigger.offsetMs <= 300).length).toBeGreaterThan(60);
  expect(interruptions.filter(({ trigger }) => trigger.aim === 'breath').length).toBeGreaterThan(30);
  const places = new Set(plans.map(({ place }) => `${place.name} ${place.snrDb}`));
  for (const place of ['quiet 60', 'street 20', 'cafe 20', 'cafe 15']) expect(places).toContain(place);
  expect(new Set(plans.map(({ voice }) => voice.name)).size).toBeGreaterThanOrEqual(4);
  expect(new Set(plans.map(({ desks }) => desks))).toEqual(
    new Set(['answer', 'busy', 'decline', 'silent', 'unreachable']),
  );
});

test('two calls of the exam go by one name, or its own check is left out', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.length - plans.length).toBe(loaded.suite.metronome);
  expect(plans.length).toBeLessThanOrEqual(275);
});

test('the exam judges by a metric, or ends with a table, that nobody wrote', async () => {
  const known = await metrics();
  expect(
    (loaded.suite.gates as readonly Bound[]).filter(({ metric }) => metric !== FAILED_CALLS && !known.has(metric)),
  ).toEqual([]);
  expect(loaded.suite.tables?.filter((name) => !TABLES.has(name))).toEqual([]);
});

test('nobody is expected to book for a caller whom nobody understands, and a message is due where no desk answers', () => {
  const of = (persona: string, desks: Plan['desks']): Plan[] =>
    plans.filter((plan) => plan.persona === persona && plan.desks === desks);
  for (const { expect: expected } of of('lost-laura', 'answer')) {
    expect(expected.commit).toBeUndefined();
    expect(expected.handoff.truth).toBe('may');
  }
  for (const { expect: expected } of of('direct-diana', 'busy')) {
    expect(expected.commit).toEqual({ action: 'message', slots: ['name'] });
  }
  for (const { expect: expected } of of('direct-diana', 'answer')) expect(expected.commit).toBeUndefined();
});
