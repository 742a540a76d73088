import { expect, test } from 'vitest';
import { calibrationPlan, makePlan, metronomePlan, metronomeProgramme } from '../../../harness/plan/plan.ts';
import { ORDINARY } from '../../../harness/model/metronome.ts';
import type { Ask } from '../../../harness/plan/plan.ts';
import { spokenDigits, spokenValue } from '../../../harness/plan/spoken.ts';
import { wordsOf } from '../../../harness/model/script.ts';
import type { Plan, PlannedLine } from '../../../harness/model/plan.ts';
import type { HabitUse } from '../../../harness/model/person.ts';
import { habits, people, scenarios } from '../../../harness/run/registry.ts';

const [who, why, how] = await Promise.all([people(), scenarios(), habits()]);

function ask(persona: string, scenario: string, changes: Partial<Ask> = {}): Ask {
  const person = who.get(persona);
  const facts = why.get(scenario);
  if (!person || !facts) throw new Error(`no ${persona} or ${scenario}`);
  return { persona, person, scenario, facts, habits: how, mind: 'listener', seed: 7, trial: 0, ...changes };
}

/** A plain caller with one habit. */
function planWith(use: HabitUse, scenario = 'book-cleaning', seed = 7): Plan {
  const plain = ask('plain-paula', scenario, { seed });
  return makePlan({ ...plain, person: { ...plain.person, habits: [use] } });
}

const lineOf = (plan: Plan, id: string): PlannedLine => {
  const line = plan.lines.find((candidate) => candidate.id === id);
  if (!line) throw new Error(`no line ${id}`);
  return line;
};

test('the same ask gives the same bytes, another seed or trial another call', () => {
  const bytes = (changes: Partial<Ask>): string =>
    JSON.stringify(makePlan(ask('interrupting-ines', 'book-cleaning', changes)));
  expect(bytes({})).toBe(bytes({}));
  expect(bytes({ seed: 8 })).not.toBe(bytes({}));
  expect(bytes({ trial: 1 })).not.toBe(bytes({}));
});

test('a plan survives JSON', () => {
  for (const persona of who.keys()) {
    for (const scenario of why.keys()) {
      const plan = makePlan(ask(persona, scenario));
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    }
  }
});

test('a caller says her own name and number, and tells them in canonical form', () => {
  const plan = makePlan(ask('plain-paula', 'book-cleaning'));
  expect(wordsOf(lineOf(plan, 'name').pieces)).toContain('paula jones');
  expect(lineOf(plan, 'name').facts).toEqual({ name: 'paula jones' });
  expect(wordsOf(lineOf(plan, 'phone').pieces)).toContain('five five five, oh one four two');
  expect(lineOf(plan, 'phone').facts).toEqual({ phone: '5550142' });
});

test('values are said the way people say them', () => {
  expect(spokenValue('15:00')).toBe('three');
  expect(spokenValue('10:30')).toBe('ten thirty');
  expect(spokenValue('12:00')).toBe('twelve');
  expect(spokenValue('tuesday')).toBe('tuesday');
  expect(spokenDigits('5550107')).toBe('five five five, oh one oh seven');
});

test('a fact nobody knows is named before a call is placed', () => {
  const plain = ask('plain-paula', 'book-cleaning');
  const { facts: _, ...nameless } = plain.person;
  expect(() => makePlan({ ...plain, person: nameless })).toThrow(/\{name\}.*plain-paula/);
});

test('a habit nobody wrote is named, with those there are', () => {
  expect(() => planWith({ name: 'whistles' })).toThrow(/"whistles".*backchannels/);
  expect(() => planWith({ name: 'coughs', with: { count: 'many' } })).toThrow(/"count".*number/);
});

test('a hesitator stops inside her number, and says every digit of it once', () => {
  const phone = lineOf(planWith({ name: 'hesitates', with: { shortest: 600, longest: 1100 } }), 'phone');
  const pauses = phone.pieces.flatMap((piece) => ('pauseMs' in piece ? [piece.pauseMs] : []));
  expect(pauses).toHaveLength(2);
  for (const pause of pauses) expect(pause >= 600 && pause <= 1100).toBe(true);
  expect(wordsOf(phone.pieces)).toBe('you can reach me on five five five oh one four two');
});

test.each(['in-turn', 'over-reply', 'next-turn'])(
  'a change of mind %s says the wrong value first and ends with the right one',
  (where) => {
    for (const seed of [1, 2, 3, 4]) {
      const plan = planWith({ name: 'changes-her-mind', with: { where } }, 'book-cleaning', seed);
      const told = [...plan.lines.filter((line) => line.onAgenda), ...plan.stimuli].map((one) => one.facts);
      expect(Object.assign({}, ...told)).toMatchObject({ day: 'tuesday', time: '15:00' });
      const words = plan.lines.map((line) => wordsOf(line.pieces)).join(' ');
      expect(words).toMatch(/thursday|two in the afternoon/);
      expect(plan.stimuli.map((stimulus) => stimulus.kind)).toEqual(where === 'over-reply' ? ['correction'] : []);
    }
  },
);

test('a value corrected in the same breath is not seen as a change of mind', () => {
  for (const seed of [1, 2, 3, 4]) {
    const plan = planWith({ name: 'changes-her-mind', with: { where: 'in-turn' } }, 'book-cleaning', seed);
    const [line, ...rest] = plan.lines.filter(({ takesBack }) => takesBack !== undefined);
    expect(rest).toEqual([]);
    const [[slot, wrong] = ['', '']] = Object.entries(line?.takesBack ?? {});
    expect(['thursday', '14:00']).toContain(wrong);
    expect(line?.facts[slot]).toBe({ day: 'tuesday', time: '15:00' }[slot]);
  }
});

test('a mumbled line is unclear twice and clear the third time', () => {
  const plan = planWith({ name: 'mumbles' });
  const mumbled = plan.lines.filter((line) => line.manner.mumbled);
  expect(mumbled).toHaveLength(1);
  expect(mumbled[0]?.again.map((way) => way.manner.mumbled === true)).toEqual([true, false]);
});

test('an interruption over the greeting takes the place of the opening line', () => {
  const found = Array.from({ length: 20 }, (_, seed) => planWith({ name: 'interrupts' }, 'book-cleaning', seed))
    .flatMap((plan) => plan.stimuli)
    .filter((stimulus) => stimulus.trigger.line === '');
  expect(found.length).toBeGreaterThan(0);
  for (const stimulus of found) expect(stimulus.instead).toBe('opening');
});

test('shams follow the law of the real stimuli: a fifth of them, at the same kind of moment', () => {
  const all = Array.from({ length: 200 }, (_, seed) =>
    planWith({ name: 'backchannels' }, 'book-cleaning', seed),
  ).flatMap((plan) => plan.stimuli);
  const shams = all.filter((stimulus) => stimulus.sham);
  expect(all).toHaveLength(600);
  expect(shams.length).toBeGreaterThan(80);
  expect(shams.length).toBeLessThan(160);
  const mean = (some: typeof all): number => some.reduce((sum, one) => sum + one.trigger.offsetMs, 0) / some.length;
  expect(Math.abs(mean(shams) - mean(all))).toBeLessThan(60);
});

test('no two stimuli share a trigger, so that one cannot spoil the other', () => {
  for (const persona of who.keys()) {
    for (let seed = 0; seed < 20; seed++) {
      const { stimuli } = makePlan(ask(persona, 'move-appointment', { seed }));
      const triggers = stimuli.map(({ trigger }) => `${trigger.line} ${trigger.utterance}`);
      expect(new Set(triggers).size).toBe(triggers.length);
    }
  }
});

test('a caller who is to be handed over is only interrupted where the conversation is known', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { stimuli } = makePlan(ask('cafe-carla', 'bill-question', { seed }));
    for (const stimulus of stimuli) expect(['', 'opening']).toContain(stimulus.trigger.line);
  }
});

test('metronome programmes differ between calls and lie off the packet grid', () => {
  const [one, two] = [metronomePlan(7, 1), metronomePlan(7, 2)];
  const orders = metronomeProgramme(one);
  expect(metronomePlan(7, 1)).toEqual(one);
  expect(metronomeProgramme(one)).toEqual(orders);
  expect(metronomeProgramme(two)).not.toEqual(orders);
  expect(orders?.acts.every(({ replyMs }) => replyMs % 1 !== 0)).toBe(true);
  expect(one.lines).toHaveLength(orders?.acts.length ?? 0);
  expect(one.stimuli).toHaveLength(orders?.acts.filter(({ stop }) => stop).length ?? 0);
});

test('a metronome plan says nothing of what the metronome will do', () => {
  const plan = calibrationPlan({ id: 'c', seed: 3, codec: 'PCMU', conditions: ORDINARY, sounds: 'voices' });
  const written = JSON.stringify(plan);
  const acts = metronomeProgramme(plan)?.acts ?? [];
  const times = acts.flatMap(({ replyMs, stop, inPause }) => [replyMs, stop?.afterMs, inPause?.afterMs]);
  expect(times.filter((time) => time !== undefined && written.includes(String(time)))).toEqual([]);
});

test('a calibration call does everything the metronome can do, by turns', () => {
  const acts = Array.from({ length: 12 }, (_, seed) =>
    calibrationPlan({ id: 'c', seed, codec: 'PCMU', conditions: ORDINARY, sounds: 'voices' }),
  ).flatMap((plan) => metronomeProgramme(plan)?.acts ?? []);
  const doing = {
    speaks: acts.filter(({ sound }) => sound.kind === 'speech'),
    rises: acts.filter(({ sound }) => sound.kind === 'vowel' && sound.risesMs > 0),
    leads: acts.filter(({ leadMs }) => leadMs > 0),
    stops: acts.filter(({ stop }) => stop?.fadeMs === 0),
    fades: acts.filter(({ stop }) => (stop?.fadeMs ?? 0) > 0),
    cutsIn: acts.filter(({ inPause }) => inPause?.kind === 'cut-in'),
    backchannels: acts.filter(({ inPause }) => inPause?.kind === 'backchannel'),
    waits: acts.filter(({ chirps, inPause }) => chirps === 2 && !inPause),
  };
  expect(Object.entries(doing).filter(([, all]) => all.length < 3)).toEqual([]);
});

test('a caller who trails off stops in mid-value, and says every word of it once', () => {
  const plan = planWith({ name: 'trails-off', with: { lines: 9 } });
  const plain = planWith({ name: 'interrupts', with: { count: 0 } });
  const broken = plan.lines.filter(({ pieces }) => pieces.some((piece) => 'pauseMs' in piece));
  expect(broken.length).toBeGreaterThanOrEqual(2);
  for (const line of broken) expect(wordsOf(line.pieces)).toBe(wordsOf(lineOf(plain, line.id).pieces));
  expect(lineOf(plan, 'name').pieces[0]).toEqual({ say: "it's paula" });
});

test('what is done into long replies only is done into the greeting, answers and the read-back', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { stimuli } = planWith({ name: 'laughs', with: { count: 9, into: 'long' } }, 'book-cleaning', seed);
    expect(stimuli.map(({ trigger }) => trigger.line)).toEqual(['', 'phone', 'confirm']);
  }
});

test('a caller changes her mind about the slot that was asked for, or about nothing', () => {
  const change = (slot: string): Plan => planWith({ name: 'changes-her-mind', with: { slot, where: 'in-turn' } });
  expect(lineOf(change('time'), 'time').takesBack).toEqual({ time: '14:00' });
  expect(change('shoe-size').lines.some(({ takesBack }) => takesBack)).toBe(false);
});

test('a caller who mumbles three times never speaks up', () => {
  const plan = planWith({ name: 'mumbles', with: { times: 3 } });
  const [mumbled] = plan.lines.filter((line) => line.manner.mumbled);
  expect(mumbled?.again.every(({ manner }) => manner.mumbled === true)).toBe(true);
});
