import { expect, test } from 'vitest';
import { chance } from '../../../harness/model/seed.ts';
import { audibleBounds } from '../../../harness/speech/dsp/bounds.ts';
import { telephoneBand } from '../../../harness/speech/dsp/filter.ts';
import { levelled, rmsDb, speechLevel } from '../../../harness/speech/dsp/level.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';

const tone = (hz: number, rate: number, seconds: number, amplitude = 0.1): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate));

const padded = (samples: Float32Array, before: number, behind: number): Float32Array => {
  const whole = new Float32Array(before + samples.length + behind);
  whole.set(samples, before);
  return whole;
};

test('silence around speech changes its active level', () => {
  const dice = chance(1);
  const speech = Float32Array.from({ length: 32_000 }, (_, i) => dice.normal() * 0.1 * (Math.sin(i / 900) ** 2 + 0.05));
  const alone = speechLevel(speech, 16_000);
  const among = speechLevel(padded(speech, 48_000, 48_000), 16_000);
  expect(Math.abs(alone.activeDb - among.activeDb)).toBeLessThan(0.7);
  expect(among.activity).toBeLessThan(alone.activity / 3);
});

test('a steady tone is not at its own rms level', () => {
  const samples = tone(1000, 8000, 2);
  expect(rmsDb(samples)).toBeCloseTo(-23.01, 1);
  expect(speechLevel(samples, 8000).activeDb).toBeCloseTo(-23, 0);
  expect(speechLevel(levelled(samples, 8000, -30), 8000).activeDb).toBeCloseTo(-30, 1);
  expect(speechLevel(new Float32Array(800), 8000).activeDb).toBe(-120);
});

test('resampling shifts sound in time, or lets aliases through', () => {
  const click = new Float32Array(1600);
  click[800] = 1;
  const down = resample(click, 16_000, 8000);
  expect(down.indexOf(Math.max(...down))).toBe(400);
  const up = resample(down, 8000, 16_000);
  expect(up.indexOf(Math.max(...up))).toBe(800);
  expect(rmsDb(resample(tone(5200, 16_000, 0.5), 16_000, 8000), 400, 3600)).toBeLessThan(-75);
  expect(rmsDb(resample(tone(1000, 16_000, 0.5), 16_000, 8000), 400, 3600)).toBeCloseTo(-23.01, 1);
});

test.for([
  [100, -25],
  [250, -3],
  [1000, 0],
  [3400, -3],
] as const)('the telephone passes %i Hz at another level than %i dB', ([hz, db]) => {
  const passed = rmsDb(telephoneBand(tone(hz, 8000, 1), 8000), 2000) + 23.01;
  if (db === -25) expect(passed).toBeLessThan(db);
  else expect(Math.abs(passed - db)).toBeLessThan(0.3);
});

test.for([8000, 16_000])('bounds at %i Hz are not exact, or include a click', (rate) => {
  const burst = padded(tone(700, rate, 0.4), rate / 2, rate / 2);
  burst[rate / 8] = 0.5;
  const bounds = audibleBounds(burst, rate, -50);
  expect(Math.abs((bounds?.onset ?? 0) - rate / 2)).toBeLessThanOrEqual(rate / 1000);
  expect(Math.abs((bounds?.end ?? 0) - rate * 0.9)).toBeLessThanOrEqual(rate / 1000);
  expect(audibleBounds(new Float32Array(rate), rate, -50)).toBeUndefined();
});
