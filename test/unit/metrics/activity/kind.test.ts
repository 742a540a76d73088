import { beforeAll, expect, test } from 'vitest';
import { vowel } from '../../../../agent/metronome/sound.ts';
import type { Pcm } from '../../../../harness/model/audio.ts';
import { resample } from '../../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../../harness/speech/dsp/samples.ts';
import { speechRegions } from '../../../../harness/speech/vad.ts';
import flite from '../../../../harness/speech/voices/flite.ts';
import { detectActivity } from '../../../../metrics/activity/detect.ts';
import { noise, RATE, tracksOf } from '../signals.ts';

let speech: Pcm;
beforeAll(async () => {
  const voice = await flite.open();
  const { samples } = await voice.speak('Thank you for holding. How can I help you?', {
    engine: 'flite',
    name: 'rms',
    rate: 1,
  });
  await voice.close();
  speech = toPcm(resample(toFloats(samples), 16_000, RATE));
});

function add(onto: Pcm, what: Pcm, at: number): Pcm {
  const mixed = Int16Array.from(onto);
  what.forEach((sample, i) => (mixed[Math.round(at * RATE) + i] = (mixed[Math.round(at * RATE) + i] ?? 0) + sample));
  return mixed;
}

/** Sines of `hz` together, dying away over `seconds` when plucked. */
const tones = (hz: readonly number[], seconds: number, pluck: number): Pcm =>
  Int16Array.from({ length: seconds * RATE }, (_, i) => {
    const t = i / RATE;
    return Math.round(hz.reduce((sum, f) => sum + 1500 * Math.exp(-pluck * t) * Math.sin(2 * Math.PI * f * t), 0));
  });

/** Four bars of three instruments. */
function music(): Pcm {
  const chords = [
    [262, 330, 392, 523, 1046],
    [220, 262, 330, 440, 880],
    [175, 220, 262, 349, 698],
    [196, 247, 294, 392, 784],
  ];
  let whole: Pcm = new Int16Array(3 * RATE);
  for (const [i, chord] of chords.entries()) whole = add(whole, tones(chord, 0.75, 1.5), i * 0.75);
  return whole;
}

const hear = async (agent: Pcm) => (await detectActivity(tracksOf(agent), undefined, [], speechRegions)).agent;

test('ring-back before the answer is taken for the agent', async () => {
  const ring = tones([440, 480], 1.9, 0);
  const heard = await hear(add(add(noise(10, -66), ring, 1), speech, 5));
  expect(heard[0]).toMatchObject({ kind: 'music' });
  const [first] = heard.filter(({ kind }) => kind === undefined);
  expect(Math.abs(first!.onset - 5000)).toBeLessThan(60);
});

test('music on hold that runs into speech is where the reply is timed from', async () => {
  const heard = await hear(add(add(noise(10, -66), music(), 1), speech, 4.05));
  expect(heard.filter(({ onset }) => onset < 3900).every(({ kind }) => kind === 'music')).toBe(true);
  const [first] = heard.filter(({ kind }) => kind === undefined);
  expect(Math.abs(first!.onset - 4050)).toBeLessThanOrEqual(first!.u.onset + 20);
});

test('the sung vowel of the metronome is taken for music', async () => {
  const heard = await hear(add(noise(6, -66), vowel(2500, RATE), 1));
  expect(heard.map(({ kind }) => kind)).toEqual([undefined]);
  const alone = await detectActivity(tracksOf(add(noise(6, -66), vowel(2500, RATE), 1)), undefined, [], async () => []);
  expect(alone.agent.map(({ kind }) => kind)).toEqual([undefined]);
});
