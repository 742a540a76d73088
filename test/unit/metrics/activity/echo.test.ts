import { expect, test } from 'vitest';
import type { Pcm } from '../../../../harness/model/audio.ts';
import { chance } from '../../../../harness/model/seed.ts';
import { decodeG711, encodeG711 } from '../../../../harness/rtp/g711.ts';
import { detectActivity } from '../../../../metrics/activity/detect.ts';
import { noise, RATE, tracksOf } from '../signals.ts';

/** Something like speech: noise through two resonances, in syllables of 180 ms, at `db` dBov. */
function babble(seconds: number, talks: readonly (readonly [number, number])[], db: number, seed: number): Pcm {
  const dice = chance(seed);
  let [a, b, c, d] = [0, 0, 0, 0];
  const raw = Float64Array.from({ length: seconds * RATE }, (_, i) => {
    const at = i / RATE;
    const talking = talks.some(([from, to]) => at >= from && at < to);
    const x = talking ? dice.normal() * Math.max(0.1, Math.abs(Math.sin((Math.PI * at) / 0.18))) : 0;
    [a, b] = [x + 1.6 * a - 0.8 * b, a];
    [c, d] = [a + 0.6 * c - 0.7 * d, c];
    return c;
  });
  const rms = Math.sqrt(
    raw.reduce((sum, value) => sum + value * value, 0) / Math.max(1, raw.filter((v) => v !== 0).length),
  );
  return Int16Array.from(raw, (value) => Math.round((value / rms) * 32768 * 10 ** (db / 20)));
}

const mixed = (a: Pcm, b: Pcm): Pcm => a.map((sample, i) => sample + (b[i] ?? 0));
/** `samples` `delay` samples later and `db` dB louder, through a short path. */
const echoed = (samples: Pcm, delay: number, db: number): Pcm =>
  samples.map((_, i) =>
    Math.round(10 ** (db / 20) * ((samples[i - delay] ?? 0) - 0.4 * (samples[i - delay - 7] ?? 0))),
  );
const throughCodec = (samples: Pcm): Pcm => decodeG711('PCMU', encodeG711('PCMU', samples));

const TALKS = [
  [1, 3],
  [6, 8.5],
] as const;
const caller = throughCodec(mixed(noise(12, -65, 5), babble(12, TALKS, -26, 1)));

for (const lossDb of [10, 20, 30]) {
  test(`an echo ${lossDb} dB down is taken for the agent talking over the caller`, async () => {
    const agent = throughCodec(mixed(noise(12, -66, 9), echoed(caller, 1283, -lossDb)));
    const activity = await detectActivity(tracksOf(agent, 0, [], caller), undefined, []);
    expect(activity.echo?.delayMs).toBeCloseTo(1283 / 8, -0.5);
    expect(Math.abs(activity.echo!.lossDb - lossDb + 0.6)).toBeLessThan(2);
    expect(activity.agent).toEqual([]);
  });
}

test('the agent is lost in the echo it talks over', async () => {
  const own = babble(12, [[7, 10]], -26, 4);
  const agent = throughCodec(mixed(mixed(noise(12, -66, 9), own), echoed(caller, 1283, -15)));
  const { agent: heard, echo } = await detectActivity(tracksOf(agent, 0, [], caller), undefined, []);
  expect(echo).toBeDefined();
  expect(Math.abs(heard[0]!.onset - 7000)).toBeLessThan(25);
  expect(Math.abs(heard.at(-1)!.end - 10_000)).toBeLessThan(25);
});

test('an echo is found where there is none, and what was heard is changed by looking for it', async () => {
  const agent = throughCodec(
    mixed(
      noise(12, -66, 9),
      babble(
        12,
        [
          [3.2, 5.5],
          [9, 11],
        ],
        -26,
        4,
      ),
    ),
  );
  const beside = await detectActivity(tracksOf(agent, 0, [], caller), undefined, []);
  const alone = await detectActivity(tracksOf(agent), undefined, []);
  expect(beside.echo).toBeUndefined();
  expect(beside.agent).toEqual(alone.agent);
});

test('an echo is not followed through a clock that runs 50 ppm fast', async () => {
  const agent = throughCodec(mixed(noise(12, -66, 9), echoed(caller, 1283, -15)));
  const at = (i: number): number => (agent[Math.floor(i)] ?? 0) * (1 - (i % 1)) + (agent[Math.ceil(i)] ?? 0) * (i % 1);
  const stretched = Int16Array.from(agent, (_, i) => Math.round(at(i * (1 + 50e-6))));
  const tracks = tracksOf(stretched, 0, [], caller);
  const maps = tracks.maps.map((map) => ({ ...map, msPerSample: map.msPerSample * (1 + 50e-6) }));
  const activity = await detectActivity({ ...tracks, maps }, undefined, []);
  expect(activity.echo?.delayMs).toBeCloseTo(1283 / 8, -0.5);
  expect(activity.agent).toEqual([]);
});
