import { expect, test } from 'vitest';
import { answerMetronome } from '../../agent/metronome/metronome.ts';
import { programmeOf } from '../../agent/metronome/programme.ts';
import { placeCall } from '../../harness/call/call.ts';
import { noDesk } from '../../harness/caller/desk.ts';
import { scriptMind } from '../../harness/caller/minds/script.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import { ORDINARY } from '../../harness/model/metronome.ts';
import type { Plan } from '../../harness/model/plan.ts';
import type { CallRecord } from '../../harness/model/record.ts';
import { openOffice } from '../../harness/office/office.ts';
import { calibrationPlan, metronomePlan, metronomeProgramme } from '../../harness/plan/plan.ts';
import { renderPlan } from '../../harness/render/render.ts';
import { places } from '../../harness/run/registry.ts';

/** A whole call to the metronome in virtual time. */
async function metronomeCall(plan: Plan): Promise<CallRecord> {
  const programme = metronomeProgramme(plan);
  const rendered = await renderPlan(plan, new Map(), await places());
  const clock = new VirtualClock();
  const transport = await loopback.open(clock);
  const { signal } = new AbortController();
  const office = openOffice(clock);
  const carried = async (): Promise<CallRecord> => {
    await transport.listen('loopback:metronome', (call) => {
      void answerMetronome(call, programmeOf(call.headers), { clock, seed: 1, signal, office: office.door(plan.id) });
    });
    return placeCall(plan, rendered, {
      head: {
        id: plan.id,
        plan: plan.id,
        line: 'loopback',
        timing: 'exact',
        time: 'virtual',
        target: 'reference',
        evidence: ['wire'],
      },
      target: { address: 'loopback:metronome' },
      transport,
      clock,
      mind: scriptMind(plan),
      desks: noDesk,
      office: () => office.events(plan.id),
      signal,
      ...(programme ? { programme } : {}),
    });
  };
  const record = await clock.run(carried());
  await transport.close();
  return record;
}

test.each([1, 2])('metronome call %i: every chirp is said once and every stimulus lands in a reply', async (n) => {
  const { events, plan } = await metronomeCall(metronomePlan(7, n));
  expect(events.filter((event) => event.kind === 'fault' || event.kind === 'gave-up')).toEqual([]);
  expect(events.flatMap((event) => (event.kind === 'said' ? [event.line] : []))).toEqual(
    plan.lines.map((line) => line.id),
  );
  const stimuli = events.flatMap((event) => (event.kind === 'stimulus' ? [event] : []));
  expect(stimuli.map((event) => event.id)).toEqual(plan.stimuli.map((stimulus) => stimulus.id));
  for (const { onset, intended } of stimuli) expect(Math.abs(onset - intended)).toBeLessThan(0.2);
});

test.each(['dtx', 'comfort-noise'] as const)(
  'an agent silent by %s is heard to stop, and the call goes on',
  async (silence) => {
    const seed = 5;
    const conditions = { ...ORDINARY, silence };
    const plan = calibrationPlan({ id: silence, seed, codec: 'PCMU', conditions, sounds: 'edges' });
    const { events } = await metronomeCall(plan);
    expect(events.filter((event) => event.kind === 'fault' || event.kind === 'gave-up')).toEqual([]);
    expect(events.filter((event) => event.kind === 'said')).toHaveLength(plan.lines.length);
  },
);
