import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Pcm } from '../../harness/model/audio.ts';
import type { Ear, Voice } from '../../harness/model/speech.ts';
import { telephoneBand } from '../../harness/speech/dsp/filter.ts';
import { levelled } from '../../harness/speech/dsp/level.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';
import soundswallower from '../../harness/speech/ears/soundswallower.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { chance } from '../../harness/model/seed.ts';
import { UsageError } from '../../harness/model/errors.ts';
import { ears } from '../../harness/run/registry.ts';

const grammar = (core: string): string => `#JSGF V1.0;
grammar test;
public <said> = <part>+;
<part> = /0.5/ <core> | /0.5/ <garbage>;
<core> = ${core};`;

const grammars = {
  day: grammar('monday | tuesday | wednesday | thursday | friday | no | yes | cancel'),
  phone: grammar('zero | oh | one | two | three | four | five | six | seven | eight | nine'),
};

let ear: Ear;
let voice: Voice;

beforeAll(async () => {
  [ear, voice] = await Promise.all([soundswallower.open(2), flite.open()]);
  await ear.prepare(grammars);
});
afterAll(() => Promise.all([ear.close(), voice.close()]));

/** What the ear's line carries of `text`, with 200 ms of the floor around it. */
async function said(text: string, name = 'rms'): Promise<Pcm> {
  const { samples } = await voice.speak(text, { engine: 'flite', name, rate: 1 });
  const speech = levelled(telephoneBand(resample(toFloats(samples), 16_000, 8000), 8000), 8000);
  const dice = chance(1);
  const line = Float32Array.from({ length: speech.length + 3200 }, () => dice.normal() * 0.0005);
  speech.forEach((value, i) => (line[i + 1600] = (line[i + 1600] ?? 0) + value));
  return toPcm(line);
}

async function hear(state: string, samples: Pcm) {
  const hearing = ear.listen(state);
  const partial = [];
  for (let at = 0; at < samples.length; at += 800) partial.push(await hearing.push(samples.subarray(at, at + 800)));
  return { partial, final: await hearing.finish() };
}

const FROZEN = [
  ['day', 'Tuesday', 'tuesday', 'slt'],
  ['day', 'no, Thursday', 'no thursday', 'rms'],
  ['day', 'Friday', 'friday', 'awb'],
  ['day', 'yes, Wednesday', 'yes wednesday', 'rms'],
  ['day', 'cancel Monday', 'cancel monday', 'slt'],
  ['phone', 'six oh two, three eight one', 'six oh two three eight one', 'rms'],
  ['phone', 'five five five, nine four seven', 'five five five nine four seven', 'slt'],
  ['phone', 'two zero six, seven seven one', 'two zero six seven seven one', 'awb'],
] as const;

test('phrases of the grammar, in clear, are no longer understood: 8 were tried', async () => {
  const missed: string[] = [];
  for (const [state, text, words, name] of FROZEN) {
    const { final } = await hear(state, await said(text, name));
    if (final.text !== words) missed.push(`${name}: ${words} -> ${final.text}`);
  }
  expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(2);
});

test('words around a key word are lost, or taken for key words', async () => {
  const { final } = await hear('day', await said('I was really hoping that maybe Wednesday might be possible'));
  expect(final.text.split(' ')).toContain('wednesday');
  expect(final.garbage).toBeGreaterThan(0.3);
  expect(final.text).not.toMatch(/qq/);
});

test('what an ear heard before changes what it hears now', async () => {
  const [quiet, loud] = await Promise.all([said('Tuesday', 'slt'), said('we were talking about the garden', 'awb')]);
  const other = await soundswallower.open(1);
  await other.prepare(grammars);
  const spoil = other.listen('day');
  await spoil.push(loud);
  await spoil.finish();
  const hearing = other.listen('day');
  const partial = [];
  for (let at = 0; at < quiet.length; at += 800) partial.push(await hearing.push(quiet.subarray(at, at + 800)));
  const final = await hearing.finish();
  await other.close();
  expect({ partial, final }).toEqual(await hear('day', quiet));
});

test('two callers in the same state hear one another', async () => {
  const [a, b] = await Promise.all([said('Monday'), said('Friday')]);
  const hearings = [ear.listen('day'), ear.listen('day'), ear.listen('day')];
  for (let at = 0; at < Math.max(a.length, b.length); at += 800) {
    await Promise.all(hearings.map((one, i) => one.push((i === 1 ? b : a).subarray(at, at + 800))));
  }
  const finals = await Promise.all(hearings.map((one) => one.finish()));
  expect(finals.map(({ text }) => text)).toEqual(['monday', 'friday', 'monday']);
});

test('a word nobody can pronounce passes in silence', async () => {
  const strange = { strange: grammar('blorptang | monday | zzyx') };
  await expect(ear.prepare(strange)).rejects.toThrow(/"blorptang", "zzyx"/);
  await ear.prepare(strange, { blorptang: 'B L AO R P T AE NG', zzyx: 'Z IH K S' });
  expect(() => ear.listen('nowhere')).toThrow(/"nowhere"/);
});

test('an ear that is not there fails in a call, and not before it with the command that helps', async () => {
  vi.stubEnv('HANGUP_MODELS', '/nowhere');
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL']) vi.stubEnv(name, '');
  const absent = [];
  for (const [name, kind] of await ears()) {
    expect(kind.summary, name).not.toBe('');
    const missing = await kind.missing({ engine: name, model: 'some' });
    if (missing === undefined) continue;
    absent.push(name);
    expect(missing, name).toMatch(/^[A-Z].*(run|set) `[^`]+`/);
    await expect(kind.open(1, undefined, { engine: name, model: 'some' })).rejects.toThrow(UsageError);
    await expect(kind.transcriber?.({ engine: name, model: 'some' })).rejects.toThrow(missing);
  }
  vi.unstubAllEnvs();
  expect(absent).toEqual(expect.arrayContaining(['moonshine', 'openai', 'whisper']));
});
