import { expect, test } from 'vitest';
import { findChirps, noChirp } from '../../../agent/metronome/chirp.ts';
import type { ChirpEvent } from '../../../agent/metronome/chirp.ts';
import { PROGRAMME_HEADER, programmeOf } from '../../../agent/metronome/programme.ts';
import { mirrored, vowel } from '../../../agent/metronome/sound.ts';

const quiet = (length: number): number[] => Array.from({ length }, (_, n) => (n % 7) * 3 - 9);
const loud = (length: number): number[] => Array.from({ length }, (_, n) => (n % 2 === 0 ? 4000 : -4000));

function eventsOf(samples: readonly number[], packet: number): readonly ChirpEvent[] {
  const events: ChirpEvent[] = [];
  let finder = noChirp;
  for (let at = 0; at < samples.length; at += packet) {
    const [next, found] = findChirps(finder, Int16Array.from(samples.slice(at, at + packet)), at);
    finder = next;
    events.push(...found);
  }
  return events;
}

test.each([160, 80, 37])('a chirp is found to the sample in packets of %i samples', (packet) => {
  const samples = [...quiet(333), ...loud(1600), ...quiet(400)];
  expect(eventsOf(samples, packet)).toEqual([
    { kind: 'onset', sample: 333 },
    { kind: 'end', sample: 1933 },
  ]);
});

test('a click is no chirp', () => {
  expect(eventsOf([...quiet(300), 9000, -9000, ...quiet(300)], 160)).toEqual([]);
});

test('a moment of silence inside a chirp does not end it', () => {
  const samples = [...quiet(100), ...loud(200), ...quiet(30), ...loud(200), ...quiet(200)];
  expect(eventsOf(samples, 160)).toHaveLength(2);
});

test('the reply has its full level in its first and last millisecond, and its mirror cancels it', () => {
  const sound = vowel(300, 8000);
  const peak = (samples: Int16Array): number => Math.max(...samples.map(Math.abs));
  expect(peak(sound.subarray(0, 8))).toBeGreaterThan(700);
  expect(peak(sound.subarray(-64))).toBeGreaterThan(700);
  const mirror = mirrored(sound);
  expect(sound.every((sample, n) => sample + (mirror[n] ?? NaN) === 0)).toBe(true);
});

test('a programme that is missing or broken is refused in one sentence', () => {
  const sound = { kind: 'vowel', lengthMs: 900, risesMs: 0 };
  const programme = { acts: [{ chirps: 1, replyMs: 100, leadMs: 0, sound }], sender: {}, jitterMs: 0, loss: 0 };
  const header = Buffer.from(JSON.stringify(programme)).toString('base64url');
  expect(programmeOf({ [PROGRAMME_HEADER]: header })).toEqual(programme);
  expect(programmeOf({}).acts).toHaveLength(1);
  expect(() => programmeOf({ [PROGRAMME_HEADER]: '%%%' })).toThrow('X-Metronome');
  expect(() => programmeOf({ [PROGRAMME_HEADER]: Buffer.from('{"acts":[]}').toString('base64url') })).toThrow(
    'replyMs',
  );
});
