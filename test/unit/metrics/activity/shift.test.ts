import { beforeAll, expect, test } from 'vitest';
import type { Activity, Sounding } from '../../../../harness/model/activity.ts';
import { concatPcm } from '../../../../harness/model/audio.ts';
import type { Pcm } from '../../../../harness/model/audio.ts';
import type { Tracks } from '../../../../harness/model/record.ts';
import { chance } from '../../../../harness/model/seed.ts';
import { ms } from '../../../../harness/model/time.ts';
import { decodeG711, encodeG711 } from '../../../../harness/rtp/g711.ts';
import { resample } from '../../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../../harness/speech/dsp/samples.ts';
import { speechRegions } from '../../../../harness/speech/vad.ts';
import flite from '../../../../harness/speech/voices/flite.ts';
import { detectActivity } from '../../../../metrics/activity/detect.ts';
import { noise, RATE } from '../signals.ts';

let agent: Pcm;
let caller: Pcm;
beforeAll(async () => {
  const voice = await flite.open();
  const say = async (text: string, name: string): Promise<Pcm> => {
    const { samples } = await voice.speak(text, { engine: 'flite', name, rate: 1 });
    return toPcm(resample(toFloats(samples), 16_000, RATE));
  };
  const [hello, sure, ask] = await Promise.all([
    say('Good morning, how can I help you?', 'slt'),
    say('Sure, Friday at three. Anything else?', 'slt'),
    say('I would like to move my appointment to Friday, please.', 'rms'),
  ]);
  await voice.close();
  const quiet = (seconds: number): Pcm => new Int16Array(seconds * RATE);
  const over = (samples: Pcm, seed: number): Pcm => {
    const under = noise(samples.length / RATE, -62, seed);
    return decodeG711(
      'PCMU',
      encodeG711(
        'PCMU',
        samples.map((sample, i) => sample + (under[i] ?? 0)),
      ),
    );
  };
  agent = over(concatPcm([quiet(1), hello, quiet(4), sure, quiet(2)]), 1);
  caller = over(concatPcm([quiet(3.5), ask, quiet(5)]), 2);
});

/** The call recorded from `before` samples earlier to `behind` samples later, its sample 0 at call time `origin`. */
function recorded(before: number, behind: number, origin: number): Tracks {
  const silence = (samples: number): Pcm => new Int16Array(samples);
  const whole = concatPcm([silence(before), agent, silence(behind)]);
  const at = ms(origin - (before * 1000) / RATE);
  return {
    rate: RATE,
    caller: concatPcm([silence(before), caller, silence(behind)]),
    callerOrigin: at,
    agent: whole,
    maps: [{ ssrc: 1, from: 0, to: whole.length, originMs: at, msPerSample: 1000 / RATE }],
    lost: [],
  };
}

const hear = (tracks: Tracks): Promise<Activity> => detectActivity(tracks, undefined, [], speechRegions);

/** All its instants `by` earlier, to a hundredth of a microsecond. */
function moved(sounding: Sounding, by: number): unknown {
  const back = (at: number): number => Math.round((at - by) * 1e5) / 1e5;
  return {
    ...sounding,
    onset: back(sounding.onset),
    stop: back(sounding.stop),
    end: back(sounding.end),
    ducks: sounding.ducks.map(({ from, to }) => ({ from: back(from), to: back(to) })),
    ...(sounding.fell === undefined ? {} : { fell: back(sounding.fell) }),
  };
}

test('a call that began at another time is heard differently', async () => {
  const plain = await hear(recorded(0, 0, 0));
  expect(plain.agent.length).toBeGreaterThanOrEqual(2);
  const dice = chance(7);
  for (let round = 0; round < 4; round++) {
    const by = dice.between(-5000, 500_000);
    const later = await hear(recorded(0, 0, by));
    expect(later.agent.map((one) => moved(one, by))).toEqual(plain.agent.map((one) => moved(one, 0)));
    expect({ ...later, agent: [] }).toEqual({ ...plain, agent: [] });
  }
});

test('silence recorded before or behind a call changes what is heard in it, whatever its length', async () => {
  const plain = await hear(recorded(0, 0, 0));
  const dice = chance(8);
  for (let round = 0; round < 8; round++) {
    const [before, behind] = [Math.round(dice.between(0, 40_000)), Math.round(dice.between(0, 40_000))];
    const longer = await hear(recorded(before, behind, 0));
    expect(longer.agent.map((one) => moved(one, 0))).toEqual(plain.agent.map((one) => moved(one, 0)));
    expect({ ...longer, agent: [] }).toEqual({ ...plain, agent: [] });
  }
});

test('the same samples are heard differently twice', async () => {
  expect(await hear(recorded(100, 7, 0))).toEqual(await hear(recorded(100, 7, 0)));
});
