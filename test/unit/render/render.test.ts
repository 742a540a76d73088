import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPlan } from '../../../harness/render/render.ts';
import type { Plan, PlannedLine } from '../../../harness/model/plan.ts';
import type { Clip } from '../../../harness/model/rendered.ts';
import type { Voice } from '../../../harness/model/speech.ts';
import flite from '../../../harness/speech/voices/flite.ts';
import { rmsDb, speechLevel } from '../../../harness/speech/dsp/level.ts';
import { toFloats } from '../../../harness/speech/dsp/samples.ts';
import cafe from '../../../personas/places/cafe.ts';
import pink from '../../../personas/places/pink.ts';
import quiet from '../../../personas/places/quiet.ts';
import street from '../../../personas/places/street.ts';

const places = new Map(Object.entries({ cafe, pink, quiet, street }));
let voice: Voice;
let dir: string;

beforeAll(async () => {
  voice = await flite.open();
  dir = mkdtempSync(join(tmpdir(), 'hangup-test-'));
});
afterAll(async () => {
  await voice.close();
  rmSync(dir, { recursive: true, force: true });
});

const line = (id: string, pieces: PlannedLine['pieces'], more: Partial<PlannedLine> = {}): PlannedLine => ({
  id,
  topic: id,
  pieces,
  manner: {},
  facts: {},
  again: [],
  onAgenda: true,
  ...more,
});

const plan = (lines: readonly PlannedLine[], more: Partial<Plan> = {}): Plan => ({
  schema: 'hangup.plan/1',
  id: 'test-1',
  seed: 7,
  persona: 'test',
  scenario: 'test',
  stakes: 'low',
  opens: 'agent',
  mind: 'script',
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  place: { name: 'quiet', snrDb: 40 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
  stimuli: [],
  bounds: [],
  desks: 'answer',
  lines,
  expect: { handoff: { truth: 'may', facts: [] } },
  maxMs: 60_000,
  ...more,
});

const render = (made: Plan, cacheDir?: string) => renderPlan(made, new Map([['flite', voice]]), places, cacheDir);

const clipOf = (clips: ReadonlyMap<string, Clip>, id: string): Clip => {
  const clip = clips.get(id);
  if (!clip) throw new Error(`no clip ${id}`);
  return clip;
};

/** First and one past the last sample of a 1 ms grid whose peak within 2 ms reaches 30 dB below the active level. */
function scan(clip: Clip): readonly [number, number] {
  const floats = toFloats(clip.samples);
  const bar = 10 ** ((speechLevel(floats, 8000).activeDb - 30) / 20);
  const loud = (at: number): boolean => floats.subarray(at, at + 16).some((value) => Math.abs(value) > bar * 1.4);
  const grid = Array.from({ length: Math.floor(floats.length / 8) }, (_, i) => i * 8);
  return [grid.find(loud) ?? -1, (grid.findLast(loud) ?? -1) + 16];
}

test('a line is not where its truth says it is', async () => {
  const { lines } = await render(plan([line('day', [{ say: 'Could you make it Tuesday at three thirty?' }])]));
  const clip = clipOf(lines, 'day');
  const [onset, end] = scan(clip);
  expect(Math.abs(clip.onset - onset)).toBeLessThanOrEqual(24);
  expect(Math.abs(clip.end - end)).toBeLessThanOrEqual(40);
  expect(speechLevel(toFloats(clip.samples), 8000).activeDb).toBeCloseTo(-26, 0);
  const make = clip.words.find(({ word }) => word === 'make');
  expect(clip.intent).toBe(Math.round((make?.end ?? 0) * 8));
});

test('a pause is shorter or longer than planned, or not silent', async () => {
  const pieces = [
    { say: 'My number is five five' },
    { pauseMs: 900, why: 'hesitation' as const },
    { say: 'three one' },
  ];
  const { lines } = await render(plan([line('phone', pieces)]));
  const clip = clipOf(lines, 'phone');
  expect(clip.pauses).toHaveLength(1);
  const pause = clip.pauses[0] ?? { from: 0, to: 0 };
  expect(pause.to - pause.from).toBe(7200);
  const inside = toFloats(clip.samples.slice(pause.from + 240, pause.to - 80));
  expect(rmsDb(inside)).toBeLessThan(-70);
  expect(clip.words.filter(({ start }) => start * 8 >= pause.to - 400).map(({ word }) => word)).toEqual([
    'three',
    'one',
  ]);
  expect(clip.text).toBe('My number is five five three one');
});

test.for(['cafe', 'street', 'pink'])('the noise of %s is not at the ratio asked for', async (name) => {
  const quietPlan = [line('a', [{ say: 'Hello, I would like to change my appointment please.' }])];
  const made = await render(plan(quietPlan, { place: { name, snrDb: 12 } }));
  const bed = made.bed ?? new Int16Array();
  const speech = speechLevel(toFloats(clipOf(made.lines, 'a').samples), 8000).activeDb;
  expect(Math.abs(speech - rmsDb(toFloats(bed)) - 12)).toBeLessThan(0.5);
  expect(made.bedDb).toBeCloseTo(made.speechDb - 12, 0);
  const seam = Math.abs((bed[0] ?? 0) - (bed.at(-1) ?? 0));
  const roughest = bed.reduce((most, value, i) => Math.max(most, Math.abs(value - (bed[i - 1] ?? value))), 0);
  expect(seam).toBeLessThanOrEqual(roughest);
});

test('a quiet place hums', async () => {
  expect((await render(plan([line('a', [{ say: 'Hello' }])]))).bed).toBeUndefined();
});

test('a chirp has soft edges or another level', async () => {
  const { lines } = await render(plan([line('c', [{ sound: 'chirp', lengthMs: 250 }])]));
  const clip = clipOf(lines, 'c');
  expect([clip.onset, clip.end, clip.samples.length]).toEqual([0, 2000, 2000]);
  expect(rmsDb(toFloats(clip.samples))).toBeCloseTo(-20, 1);
});

test('another way of a line, a mumbled one, or a stimulus is missing', async () => {
  const again = [{ pieces: [{ say: 'It is Martin Green' }], manner: {} }];
  const mumbled = line('name', [{ say: 'Martin Green' }], { manner: { mumbled: true }, again });
  const stimulus = {
    id: 'mm',
    kind: 'backchannel',
    trigger: { line: '', utterance: 1, offsetMs: 300 },
    sham: false,
  } as const;
  const made = await render(
    plan([mumbled], {
      stimuli: [{ ...stimulus, pieces: [{ say: 'mm-hm' }], manner: {}, facts: {}, takesFloor: false }],
    }),
  );
  expect([...made.lines.keys()]).toEqual(['name', 'name#1']);
  expect(speechLevel(toFloats(clipOf(made.lines, 'name').samples), 8000).activeDb).toBeCloseTo(-34, 0);
  expect(made.speechDb).toBeCloseTo(-26, 0);
  expect(clipOf(made.stimuli, 'mm').text).toBe('mm-hm');
});

test('the cache changes the sound, or trusts a damaged file', async () => {
  const made = plan([line('a', [{ say: 'Good morning' }])]);
  const fresh = clipOf((await render(made, dir)).lines, 'a');
  const kept = clipOf((await render(made, dir)).lines, 'a');
  expect(kept).toEqual(fresh);
  const wav = join(dir, readdirSync(dir).find((name) => name.endsWith('.wav')) ?? '');
  const bytes = readFileSync(wav);
  bytes.fill(99, 200, 240);
  writeFileSync(wav, bytes);
  expect(clipOf((await render(made, dir)).lines, 'a')).toEqual(fresh);
  expect(readFileSync(wav).equals(bytes)).toBe(false);
});

test('a missing voice or place is replaced in silence', async () => {
  const made = plan([line('a', [{ say: 'Good morning' }])]);
  await expect(renderPlan(made, new Map(), places)).rejects.toThrow(/voice "flite".*hangup doctor/);
  const nowhere = plan([], { place: { name: 'moon', snrDb: 10 } });
  await expect(renderPlan(nowhere, new Map(), places)).rejects.toThrow(/"moon"/);
});

test('somebody beside her speaks with her voice, or as loud as she does', async () => {
  const aside = { manner: { gainDb: -15 } };
  const { lines } = await render(
    plan([
      line('hers', [{ say: 'did you feed the dog this morning' }], aside),
      line('beside', [{ say: 'did you feed the dog this morning', by: 'rms' }], aside),
    ]),
  );
  const [hers, beside] = [clipOf(lines, 'hers'), clipOf(lines, 'beside')];
  expect(beside.samples).not.toEqual(hers.samples);
  expect(speechLevel(toFloats(beside.samples), 8000).activeDb).toBeCloseTo(-41, 0);
});

test('a laugh is not the same twice, is silent, or is as long as another', async () => {
  const laugh = (lengthMs: number) => render(plan([line('l', [{ sound: 'laugh', lengthMs }])]));
  const [once, twice, longer] = await Promise.all([laugh(600), laugh(600), laugh(900)]);
  expect(clipOf(once.lines, 'l')).toEqual(clipOf(twice.lines, 'l'));
  expect(rmsDb(toFloats(clipOf(once.lines, 'l').samples))).toBeCloseTo(-27, 0);
  expect(clipOf(longer.lines, 'l').samples).toHaveLength(7200);
});

test('nobody can tell a pause in the middle of a value from one after it', async () => {
  const pieces = [
    { say: 'thursday' },
    { pauseMs: 400, why: 'breath' as const },
    { say: 'no, on' },
    { pauseMs: 500, why: 'hesitation' as const },
    { say: 'tuesday' },
  ];
  const { lines } = await render(plan([line('day', pieces)]));
  expect(clipOf(lines, 'day').pauses.map(({ why }) => why)).toEqual(['breath', 'hesitation']);
});
