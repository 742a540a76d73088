import { expect, test } from 'vitest';
import { judgeFrame, quietLine } from '../../../agent/ear/loudness.ts';
import type { FrameEvidence, Loudness } from '../../../agent/ear/loudness.ts';
import { chance } from '../../../harness/model/seed.ts';

/** Runs frames through; returns the last state and how many were taken for the caller. */
function run(state: Loudness, frames: readonly FrameEvidence[]): readonly [Loudness, number] {
  let loudFrames = 0;
  let now = state;
  for (const frame of frames) {
    const [next, sound] = judgeFrame(now, frame);
    now = next;
    loudFrames += sound.loud && sound.near ? 1 : 0;
  }
  return [now, loudFrames];
}

const dice = chance(7);
const noise = (db: number, count: number, speech: number): FrameEvidence[] =>
  Array.from({ length: count }, () => ({ db: db + 2.5 * dice.normal(), speech, hers: false, open: false }));
const hers = (db: number, count: number): FrameEvidence[] =>
  Array.from({ length: count }, () => ({ db: db + 3 * dice.normal(), speech: 0.95, hers: true, open: true }));

test('a cafe at 10 dB below the caller is not taken for her, though it sounds like speech', () => {
  const [known] = run(quietLine, [...noise(-36, 100, 0.8), ...hers(-26, 100), ...noise(-36, 50, 0.8)]);
  const [, loud] = run(known, noise(-36, 500, 0.9));
  expect(loud / 500).toBeLessThan(0.06);
});

test('the caller is heard above that cafe', () => {
  const [known] = run(quietLine, noise(-36, 100, 0.8));
  const [, loud] = run(known, hers(-25, 100));
  expect(loud).toBeGreaterThan(70);
});

test('a far speaker 15 dB below the caller is not taken for her', () => {
  const [known] = run(quietLine, [...noise(-65, 50, 0.01), ...hers(-26, 100)]);
  const [, loud] = run(known, noise(-41, 200, 0.95));
  expect(loud).toBeLessThan(20);
});

test('quiet speech is heard on a quiet line', () => {
  const [known] = run(quietLine, noise(-65, 50, 0.01));
  const [, loud] = run(known, hers(-44, 50));
  expect(loud).toBeGreaterThan(40);
});

test('a cough that no model takes for speech leaves the agent speaking', () => {
  const [known] = run(quietLine, [...noise(-65, 50, 0.01), ...hers(-26, 100)]);
  const [, loud] = run(known, noise(-22, 20, 0.05));
  expect(loud).toBe(0);
});

test('a word that the model is not sure of yet is heard over the agent', () => {
  const [known] = run(quietLine, [...noise(-65, 50, 0.01), ...hers(-26, 100)]);
  const [, loud] = run(known, noise(-24, 20, 0.3));
  expect(loud).toBeGreaterThan(15);
});

test('the "s" of "excuse" is faint on a quiet line, and is not told from the noise of a cafe', () => {
  const faint = (roomDb: number): boolean => {
    const [known] = run(quietLine, [...noise(roomDb, 100, 0.1), ...hers(-26, 100), ...noise(roomDb, 50, 0.1)]);
    const [, sound] = judgeFrame(known, { db: -46, speech: 0.6, hers: false, open: false });
    return sound.faint && !sound.loud;
  };
  expect(faint(-70)).toBe(true);
  expect(faint(-41)).toBe(false);
});
