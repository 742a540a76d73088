import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOfTurn } from '../../agent/ear/end-of-turn.ts';
import { grammars, pronunciations } from '../../agent/ear/grammars.ts';
import type { Topic } from '../../agent/ear/meaning.ts';
import { read } from '../../agent/ear/read.ts';
import { soundManners as manners } from '../../agent/manners.ts';
import type { Ear, Heard, Voice } from '../../harness/model/speech.ts';
import soundswallower from '../../harness/speech/ears/soundswallower.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { overTheTelephone } from './over-the-telephone.ts';

let ear: Ear;
let voice: Voice;

beforeAll(async () => {
  [ear, voice] = await Promise.all([soundswallower.open(2), flite.open()]);
  await ear.prepare(grammars, pronunciations);
}, 60_000);
afterAll(() => Promise.all([ear.close(), voice.close()]));

/** Samples the agent hands to its ear at once, and the shortest silence after which it replies. */
const STEP = 640;

/** What is heard of a sentence when its end has been silent for as long as after a complete one, before the ear is told. */
async function heardAtTheEnd(sentence: string, asked: Topic, name: string): Promise<Heard> {
  const line = await overTheTelephone(voice, sentence, name, manners.completeMs);
  const hearing = ear.listen(asked);
  let heard: Heard = { text: '', garbage: 0 };
  for (let at = 0; at < line.length; at += STEP) heard = await hearing.push(line.subarray(at, at + STEP));
  hearing.abandon();
  return heard;
}

test.each([
  ['call me on five five five, oh one two six', '5550126', 'slt'],
  ["my number's five five five oh one four nine, in case i lose you", '5550149', 'slt'],
  ["that's five five five, um, oh one eight seven", '5550187', 'rms'],
  ['the number is five five five, oh one three two', '5550132', 'awb'],
])('every digit of "%s" is there when it ends, and nothing is waited for', async (sentence, phone, name) => {
  const heard = await heardAtTheEnd(sentence, 'phone', name);
  expect(read(heard.text, 'phone').slots['phone']).toBe(phone);
  expect(endOfTurn(heard, 'phone', manners).patienceMs).toBe(manners.completeMs);
});

test.each<[string, Topic, string]>([
  ["no, that's all", 'more', 'slt'],
  ["no, that's it, thank you", 'more', 'rms'],
  ['yes, absolutely', 'confirm', 'slt'],
  ['no, the number is five five five, oh one two six', 'confirm', 'slt'],
  ['yes, put me through', 'consent', 'rms'],
])('"%s" is not waited after as if more were to come', async (sentence, asked, name) => {
  const heard = await heardAtTheEnd(sentence, asked, name);
  expect([heard.text, endOfTurn(heard, asked, manners).patienceMs]).toEqual([expect.any(String), manners.completeMs]);
});

test('a no that goes on is heard as more than a no: the number in it is not thrown away', async () => {
  const heard = await heardAtTheEnd('no, my number is five five five, oh one two six', 'confirm', 'slt');
  expect(read(heard.text, 'confirm').slots['phone']).toBe('5550126');
});
