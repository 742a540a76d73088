import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance } from '../../../harness/model/seed.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { concatPcm } from '../../../harness/model/audio.ts';
import { openVad, speechRegions } from '../../../harness/speech/vad.ts';
import { openSilero } from '../../../harness/speech/silero.ts';
import type { VadEngine } from '../../../harness/speech/vad.ts';
import { dbToGain, rmsDb } from '../../../harness/speech/dsp/level.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import flite from '../../../harness/speech/voices/flite.ts';

let vad: VadEngine;
let speech: Pcm;
const LEAD = 12_000;

beforeAll(async () => {
  vad = await openVad();
  const voice = await flite.open();
  const { samples } = await voice.speak('Good morning, I would like to move my appointment to Friday.', {
    engine: 'flite',
    name: 'rms',
    rate: 1,
  });
  await voice.close();
  const said = toPcm(resample(toFloats(samples), 16_000, 8000));
  speech = concatPcm([new Int16Array(LEAD), said, new Int16Array(LEAD)]);
});
afterAll(() => vad.close());

/** The recording over noise of a place `snr` dB below it. */
function over(noise: Float32Array, snr: number): Pcm {
  const gain = dbToGain(-26 - snr - rmsDb(noise));
  return toPcm(toFloats(speech).map((value, i) => value + gain * (noise[i] ?? 0)));
}

const hiss = (): Float32Array => {
  const dice = chance(3);
  return Float32Array.from({ length: speech.length }, () => dice.normal());
};

test('speech is heard where there is none, or not where it is', async () => {
  const found = await vad.stream().push(over(hiss(), 35));
  const during = found.slice(Math.ceil(LEAD / 256) + 3, -Math.ceil(LEAD / 256) - 3);
  expect(during.filter((p) => p > 0.5).length / during.length).toBeGreaterThan(0.85);
  expect(Math.max(...found.slice(0, 40))).toBeLessThan(0.5);
});

test('pieces of other lengths give other probabilities', async () => {
  const whole = await vad.stream().push(speech);
  const stream = vad.stream();
  const pieces = [];
  for (let at = 0; at < speech.length; at += 160) pieces.push(stream.push(speech.subarray(at, at + 160)));
  expect((await Promise.all(pieces)).flat()).toEqual(whole);
});

test('the context before each window is lost, and the model misses more', async () => {
  const [silero, voice] = await Promise.all([openSilero(), flite.open()]);
  const said = await voice.speak('Good morning, I would like to move my appointment to Friday.', {
    engine: 'flite',
    name: 'kal16',
    rate: 1,
  });
  await voice.close();
  const floats = resample(toFloats(said.samples), 16_000, 8000);
  let [whole, deaf] = [silero.fresh(1), silero.fresh(1)];
  let [heard, missed] = [0, 0];
  for (let at = 0; at + 256 <= floats.length; at += 256) {
    const window = floats.slice(at, at + 256);
    const [a, [p = 0]] = await silero.step(whole, window);
    const [b, [q = 0]] = await silero.step({ ...deaf, context: new Float32Array(32) }, window);
    [whole, deaf] = [a, b];
    if (p > 0.5 && q <= 0.5) missed++;
    if (q > 0.5 && p <= 0.5) heard++;
  }
  await silero.close();
  expect(missed).toBeGreaterThan(heard);
});

test('stored speech is found elsewhere than live speech', async () => {
  const long = concatPcm(Array.from({ length: 6 }, () => over(hiss(), 35)));
  const regions = await speechRegions(long);
  const length = speech.length;
  for (let i = 0; i < 6; i++) {
    const inside = regions.filter(({ from, to }) => to > i * length && from < (i + 1) * length);
    expect(Math.abs((inside[0]?.from ?? 0) - i * length - LEAD)).toBeLessThan(800);
    expect(Math.abs((inside.at(-1)?.to ?? 0) - (i + 1) * length + LEAD)).toBeLessThan(1600);
  }
});
