import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../../harness/model/errors.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import type { CallRecord } from '../../../harness/model/record.ts';
import type { Transcriber } from '../../../harness/model/speech.ts';
import { ms } from '../../../harness/model/time.ts';
import type { Sounding } from '../../../harness/model/activity.ts';
import type { Detector } from '../../../harness/run/detector.ts';
import { measure } from '../../../harness/run/measure.ts';
import { openNamedEar } from '../../../harness/run/words.ts';
import { goldens, viewOf } from '../../golden/golden.ts';
import { measures } from '../../golden/measures.ts';

const metrics = await measures();
const RATE = 8000;
const folder = mkdtempSync(join(tmpdir(), 'hangup-ear-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A test's ear: one word, "loud", over the loud part of each stretch it is given. */
const earOf = (rate: number, given: number[] = []): Transcriber => ({
  rate,
  transcribe: async (samples) => {
    given.push(samples.length);
    const loud = (value: number): boolean => Math.abs(value) > 2000;
    const [from, to] = [samples.findIndex(loud), samples.findLastIndex(loud)];
    return Promise.resolve([{ text: 'loud', fromMs: (from * 1000) / rate, toMs: (to * 1000) / rate, uMs: 5 }]);
  },
  close: async () => Promise.resolve(),
});

/** Tones from `from` to `to` seconds of an agent's track of ten. */
function track(...tones: readonly (readonly [from: number, to: number])[]): Pcm {
  const samples = new Int16Array(10 * RATE);
  for (const [from, to] of tones) {
    for (let i = from * RATE; i < to * RATE; i++) samples[i] = 8000 * Math.sin((2 * Math.PI * 440 * i) / RATE);
  }
  return samples;
}

/** A call whose agent sounded in two tones; its packets came 500 ms after the call's zero. */
function record(): CallRecord {
  const { head, plan } = viewOf(goldens().get('plain-booking')!);
  return {
    schema: 'hangup.call/1',
    head: { ...head, evidence: ['wire'] },
    plan,
    events: [
      {
        source: 'wire',
        kind: 'ended',
        at: ms(10_500),
        ending: { by: 'us', reason: 'hung-up', at: ms(10_500), detail: '' },
      },
    ],
    tracks: {
      rate: RATE,
      caller: new Int16Array(10 * RATE),
      callerOrigin: ms(0),
      agent: track([1, 2], [5, 5.6]),
      maps: [{ ssrc: 1, from: 0, to: 10 * RATE, originMs: ms(500), msPerSample: 1000 / RATE }],
      lost: [],
    },
    desk: undefined,
  };
}

const sound = (onset: number, end: number): Sounding => ({
  onset: ms(onset),
  stop: ms(end),
  end: ms(end),
  u: { onset: 2, stop: 2, end: 2 },
  levelDb: -15,
  ducks: [],
});

/** Who sounded when is known; only the words are asked for. A tone of music between the two is nobody's word. */
const detector: Detector = {
  hear: async () =>
    Promise.resolve({
      ...viewOf(goldens().get('plain-booking')!).activity,
      agent: [sound(1500, 2500), { ...sound(3500, 4000), kind: 'music' }, sound(5500, 6100)],
    }),
  close: async () => Promise.resolve(),
};
const tools = { metrics, regions: () => Promise.resolve([]), detector };

test.each([8000, 16_000])('words come back on the call’s timeline from an ear that listens at %i Hz', async (rate) => {
  const given: number[] = [];
  const ear = { name: 'test', transcriber: earOf(rate, given) };
  const { activity, view, scored } = await measure(record(), { ...tools, ear });
  expect(given.map((length) => Math.round((10 * length) / rate) / 10)).toEqual([1.3, 0.9]);
  expect(activity.ear).toBe('test');
  expect(activity.words?.map(({ text, from, to, u }) => [text, Math.round(from / 10), Math.round(to / 10), u])).toEqual(
    [
      ['loud', 150, 250, 5],
      ['loud', 550, 610, 5],
    ],
  );
  expect(view.head.evidence).toEqual(['wire', 'ear']);
  expect(scored.notSeen['reply_words']).toBeUndefined();
});

test('what was written down is stored, and not asked for again', async () => {
  const ear = { name: 'test', transcriber: earOf(8000) };
  const { activity } = await measure(record(), { ...tools, ear });
  const again = await measure(record(), tools, activity);
  expect(again.view.activity.words).toEqual(activity.words);
  expect((await measure(record(), tools)).scored.notSeen['reply_words']).toEqual(['ear']);
});

test('an ear that fails spoils its call, and not the run', async () => {
  const deaf: Transcriber = { ...earOf(8000), transcribe: () => Promise.reject(new Error('no model')) };
  const { scored, record: kept } = await measure(record(), {
    ...tools,
    ear: { name: 'deaf', transcriber: deaf },
  });
  expect(scored.outcome).toBe('invalid');
  expect(scored.reasons[0]).toContain('our own fault (ear-failed): the ear deaf failed: no model');
  expect(kept.events.at(-1)).toMatchObject({ kind: 'fault', reason: 'ear-failed' });
});

test('an ear of the user’s own is found beside the suite; one that hears a grammar only is refused', async () => {
  mkdirSync(join(folder, 'ears'));
  const source = (more: string): string =>
    `export default { summary: 'a test', missing: async () => undefined, open: async () => { throw new Error('no'); }${more} };`;
  const whole = source(
    ', transcriber: async () => ({ rate: 8000, transcribe: async () => [], close: async () => {} })',
  );
  writeFileSync(join(folder, 'ears', 'mine.mjs'), whole);
  writeFileSync(join(folder, 'ears', 'away.mjs'), whole.replace('undefined', "'Install it with X'"));
  expect((await openNamedEar('mine', folder))?.name).toBe('mine');
  expect(await openNamedEar(undefined, folder)).toBeUndefined();
  await expect(openNamedEar('away', folder)).rejects.toThrow('Install it with X');
  await expect(openNamedEar('nobody', folder)).rejects.toThrow(
    /there is no ear called "nobody"; there are: away, mine, .*soundswallower/,
  );
  const refused = openNamedEar('soundswallower', folder);
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(/hears only what a grammar holds/);
});
