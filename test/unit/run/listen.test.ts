import { expect, test } from 'vitest';
import { audition } from '../../../harness/run/listen.ts';
import { openPlanner } from '../../../harness/run/plans.ts';
import { toneRendered } from '../../calls/caller/studio.ts';

const planner = await openPlanner();

test('an audition leaves a line out, says them out of order, or gives the wrong times', () => {
  const plan = planner({ persona: 'interrupting-ines', scenario: 'book-cleaning' }, 1, 0);
  const { heard, samples, rate } = audition(plan, toneRendered(plan), 'agenda');
  const lines = heard.filter(({ kind }) => kind === 'line').map(({ id }) => id);
  expect(lines).toEqual(plan.lines.filter(({ onAgenda }) => onAgenda).map(({ id }) => id));
  const played = plan.stimuli.filter(({ sham }) => !sham).map(({ id }) => id);
  expect(
    heard
      .filter(({ kind }) => kind !== 'line')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(played.toSorted());
  for (const { fromMs, toMs } of heard) {
    const loud = (ms: number): boolean =>
      samples.subarray((ms * rate) / 1000 - 80, (ms * rate) / 1000 + 80).some((value) => Math.abs(value) > 2000);
    expect([loud(fromMs - 20), loud(fromMs + 20), loud(toMs - 20), loud(toMs + 20)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  }
  const all = audition(plan, toneRendered(plan), 'all');
  expect(all.heard.filter(({ kind }) => kind === 'line')).toHaveLength(toneRendered(plan).lines.size);
});

test('her phone and her place are not heard in it', () => {
  const plan = planner({ persona: 'plain-paula', scenario: 'book-cleaning' }, 1, 0);
  const bed = new Int16Array(8000).fill(500);
  const lossy = { ...plan, phone: { codec: 'PCMA' as const, loss: 0.3 } };
  const { samples } = audition(lossy, { ...toneRendered(plan), bed }, 'agenda');
  const packets = Array.from({ length: Math.floor(samples.length / 160) }, (_, n) =>
    samples.subarray(n * 160, n * 160 + 160),
  );
  const lost = packets.filter((packet) => packet.every((value) => value === 0)).length / packets.length;
  expect(lost).toBeGreaterThan(0.25);
  expect(lost).toBeLessThan(0.35);
  expect(new Set(samples).size).toBeLessThan(257);
});
