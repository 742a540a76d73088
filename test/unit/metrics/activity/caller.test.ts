import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE_RATE } from '../../../../harness/model/audio.ts';
import type { Plan } from '../../../../harness/model/plan.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import type { Clip, Rendered } from '../../../../harness/model/rendered.ts';
import type { Voice } from '../../../../harness/model/speech.ts';
import { ms, msToSamples, samplesToMs } from '../../../../harness/model/time.ts';
import { makePlan } from '../../../../harness/plan/plan.ts';
import { renderPlan } from '../../../../harness/render/render.ts';
import { habits, people, places, scenarios } from '../../../../harness/run/registry.ts';
import flite from '../../../../harness/speech/voices/flite.ts';
import { callerLevels } from '../../../../metrics/activity/caller.ts';
import { tracksOf } from '../signals.ts';

let voice: Voice;
beforeAll(async () => {
  voice = await flite.open();
});
afterAll(() => voice.close());

const [who, why, how, where] = await Promise.all([people(), scenarios(), habits(), places()]);

/** Long enough for the noise to come round three times: a street is known once its cars were heard between her lines. */
const CALL_MS = 72_000;

function planOf(persona: string, scenario: string, place: Plan['place']): Plan {
  const decided = { persona, person: who.get(persona)!, scenario, facts: why.get(scenario)!, habits: how };
  const plan = makePlan({ ...decided, mind: 'script', seed: 7, trial: 0 });
  const agenda = plan.lines.filter((line) => line.onAgenda);
  return { ...plan, place, lines: agenda.map((line) => ({ ...line, again: [] })), stimuli: [] };
}

function saidOf(id: string, clip: Clip, mumbled: boolean, from: number): CallEvent {
  const at = (sample: number) => ms(samplesToMs(from + sample, PHONE_RATE));
  const pauses = clip.pauses.map((pause) => ({ from: at(pause.from), to: at(pause.to) }));
  const what = { line: id, topic: id, text: clip.text, way: 0, mumbled, facts: {}, cut: false, desk: false };
  const bounds = { at: at(clip.onset), onset: at(clip.onset), end: at(clip.end), pauses };
  return { source: 'caller', kind: 'said', ...what, ...bounds };
}

/** What leaves when she says every line once over her place's noise, as far apart as the call is long. */
function sent(plan: Plan, { lines, bed }: Rendered) {
  const events: CallEvent[] = [];
  const length = msToSamples(CALL_MS, PHONE_RATE);
  const spoken = [...lines.values()].reduce((sum, { samples }) => sum + samples.length, 0);
  const turn = Math.floor((length - spoken) / (lines.size + 1));
  const caller = Int16Array.from({ length }, (_, i) => bed?.[i % bed.length] ?? 0);
  let from = turn;
  for (const { id, manner } of plan.lines) {
    const clip = lines.get(id)!;
    for (const [i, sample] of clip.samples.entries()) caller[from + i] = (caller[from + i] ?? 0) + sample;
    events.push(saidOf(id, clip, manner.mumbled === true, from));
    from += clip.samples.length + turn;
  }
  return { tracks: tracksOf(new Int16Array(), 0, [], caller), events };
}

const callers = [
  ['cafe-carla', 'price-and-hours'],
  ['hesitant-henry', 'book-cleaning'],
  ['mumbling-martin', 'bill-question'],
] as const;
const noises = ['cafe', 'pink', 'street'].flatMap((name) => [20, 10].map((snrDb) => ({ name, snrDb })));

test.each(callers)('the noise that %s was rendered with for %s is measured as another', async (persona, scenario) => {
  for (const place of noises) {
    const plan = planOf(persona, scenario, place);
    const rendered = await renderPlan(plan, new Map([['flite', voice]]), where);
    const { tracks, events } = sent(plan, rendered);
    const { callerDb, callerFloorDb } = callerLevels(tracks, events);
    const what = `${place.name} at ${place.snrDb} dB`;
    expect(Math.abs(callerDb! - rendered.speechDb), `speech in ${what}`).toBeLessThan(0.5);
    expect(Math.abs(callerDb! - callerFloorDb! - place.snrDb), `ratio in ${what}`).toBeLessThan(0.5);
  }
});
