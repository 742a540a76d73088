import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Voice } from '../../harness/model/speech.ts';
import { UsageError } from '../../harness/model/errors.ts';
import { encodeWav } from '../../harness/model/wav.ts';
import { voices } from '../../harness/run/registry.ts';
import { rmsDb, speechLevel } from '../../harness/speech/dsp/level.ts';
import { toFloats } from '../../harness/speech/dsp/samples.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { openRecorded } from '../../harness/speech/voices/recorded.ts';

let voice: Voice;
let home: string;

beforeAll(async () => {
  voice = await flite.open();
  home = mkdtempSync(join(tmpdir(), 'hangup-voices-'));
  mkdirSync(join(home, 'ann'));
});
afterAll(async () => {
  await voice.close();
  rmSync(home, { recursive: true, force: true });
});

const say = (text: string, name = 'slt', rate = 1) => voice.speak(text, { engine: 'flite', name, rate });

test.for(['slt', 'rms', 'awb', 'kal16'])(
  'flite %s speaks at another level, or with words out of order',
  async (name) => {
    const text = 'Hello, my number is 555-0134, thank you.';
    const { samples, words } = await say(text, name);
    const floats = toFloats(samples);
    expect(speechLevel(floats, 16_000).activeDb).toBeCloseTo(-26, 0);
    expect(words.map(({ word }) => word)).toEqual(['hello', 'my', 'number', 'is', '555-0134', 'thank', 'you']);
    const instants = words.flatMap(({ start, end }) => [start, end]);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(instants.at(-1)).toBeLessThanOrEqual(samples.length / 16 + 0.1);
    expect(rmsDb(floats, 64, 224)).toBeGreaterThan(-62);
  },
);

test('words are not where they sound: gaps at commas lie between other words', async () => {
  const { samples, words } = await say('Monday, or perhaps Tuesday, or maybe even Thursday.', 'rms');
  const floats = toFloats(samples);
  const level = (ms: number): number => rmsDb(floats, Math.round(ms * 16) - 80, Math.round(ms * 16) + 80);
  const gaps = [];
  for (let ms = 10; ms < samples.length / 16 - 60; ms += 5) {
    if (level(ms) > -50 && level(ms + 10) <= -50 && level(ms + 60) <= -50) gaps.push(ms + 5);
  }
  const after = (word: string): number => words.find((one) => one.word === word)?.end ?? Number.NaN;
  for (const word of ['monday', 'tuesday']) {
    const nearest = Math.min(...gaps.map((gap) => Math.abs(gap - after(word))));
    expect(nearest).toBeLessThan(60);
  }
});

test('the same text sounds different the second time, or the rate is ignored', async () => {
  const once = await say('One more thing, please.');
  const other = await flite.open();
  const twice = await other.speak('One more thing, please.', { engine: 'flite', name: 'slt', rate: 1 });
  await other.close();
  expect(twice).toEqual(once);
  const fast = await say('One more thing, please.', 'slt', 1.3);
  expect(once.samples.length / fast.samples.length).toBeGreaterThan(1.2);
});

test('text is taken for an option, a file name or markup', async () => {
  const hostile = await say('--help $(ls) <b>yes</b> "../../etc" \u2019quoted\u2019 caf\u00e9\u0007');
  expect(hostile.samples.length).toBeGreaterThan(8000);
  expect((await say('... ?!')).samples).toHaveLength(0);
  await expect(say('Hello', 'nobody')).rejects.toThrow(/no voice "nobody".*slt/);
});

test('a recording is taken whatever it is', async () => {
  const people = openRecorded(home);
  const ann = (text: string) => people.speak(text, { engine: 'recorded', name: 'ann', rate: 1 });
  const tone = Int16Array.from({ length: 8000 }, (_, i) => (i < 2000 || i > 7000 ? 0 : 3000 * Math.sin(i / 3)));
  const put = (name: string, channels: readonly Int16Array[], words: string): void => {
    writeFileSync(join(home, 'ann', `${name}.wav`), encodeWav(channels, 8000));
    writeFileSync(join(home, 'ann', `${name}.words.json`), words);
  };
  put('yes-please', [tone], '[{"word":"yes","start":250,"end":500},{"word":"please","start":500,"end":875}]');
  const { samples, words } = await ann('Yes, please!');
  expect(samples.length / 16).toBeGreaterThan(620);
  expect(samples.length / 16).toBeLessThan(680);
  expect(words[0]?.start).toBeLessThan(10);
  put('two', [tone, tone], '[]');
  put('none', [new Int16Array()], '[]');
  put('quiet', [new Int16Array(8000)], '[]');
  put('untimed', [tone], '{"word":"untimed"}');
  await expect(ann('two')).rejects.toThrow(/2 channels.*mono/);
  await expect(ann('none')).rejects.toThrow(/empty/);
  await expect(ann('quiet')).rejects.toThrow(/silent/);
  await expect(ann('untimed')).rejects.toThrow(/words\.json/);
  await expect(ann('absent')).rejects.toThrow(/absent\.wav/);
  writeFileSync(join(home, 'ann', 'fast.wav'), encodeWav([tone], 96_000));
  await expect(openRecorded(home).speak('fast', { engine: 'recorded', name: 'ann', rate: 1 })).rejects.toThrow(
    /96000 Hz; record it at 8000 to 48000/,
  );
});

test('a folder of plain WAV files is not enough: rates, levels and names of any kind', async () => {
  mkdirSync(join(home, 'bea'));
  for (const [n, rate, peak] of [
    [1, 8000, 300],
    [2, 44_100, 3000],
    [3, 48_000, 30_000],
  ] as const) {
    const tone = Int16Array.from({ length: rate }, (_, i) => peak * Math.sin((2 * Math.PI * 440 * i) / rate));
    writeFileSync(join(home, 'bea', `0${n}.wav`), encodeWav([tone], rate));
    writeFileSync(join(home, 'bea', `0${n}.txt`), `Sentence number ${n}!\n`);
  }
  const people = openRecorded(home);
  const bea = { engine: 'recorded', name: 'bea', rate: 1 };
  for (const n of [1, 2, 3]) {
    const { samples, words } = await people.speak(`sentence, number ${n}`, bea);
    expect(samples.length / 16_000).toBeCloseTo(1, 1);
    expect(speechLevel(toFloats(samples), 16_000).activeDb).toBeCloseTo(-26, 0);
    expect(words).toEqual([]);
  }
  expect(people.lacks?.(['Sentence number 1', 'something else'], bea)).toEqual(['something else']);
  const before = people.stamp?.('sentence number 1', bea);
  writeFileSync(join(home, 'bea', '01.wav'), encodeWav([new Int16Array(8000).fill(99)], 8000));
  expect(people.stamp?.('sentence number 1', bea)).not.toBe(before);
});

test('a voice that is not there fails in a call, and not before it with the command that helps', async () => {
  vi.stubEnv('HANGUP_MODELS', '/nowhere');
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL']) vi.stubEnv(name, '');
  const absent = [];
  for (const [name, kind] of await voices()) {
    expect(kind.summary, name).not.toBe('');
    expect(Array.isArray(await kind.voices()), name).toBe(true);
    const missing = await kind.missing({ engine: name, model: 'some' });
    if (missing === undefined) continue;
    absent.push(name);
    expect(missing, name).toMatch(/^[A-Z].*(run|set) `[^`]+`/);
    await expect(kind.open(undefined, { engine: name, model: 'some' })).rejects.toThrow(UsageError);
  }
  vi.unstubAllEnvs();
  expect(absent).toEqual(expect.arrayContaining(['kokoro', 'openai']));
});
