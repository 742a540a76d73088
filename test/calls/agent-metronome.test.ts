import { expect, test } from 'vitest';
import { answerMetronome } from '../../agent/metronome/metronome.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import type { Line } from '../../harness/model/line.ts';
import type { MetronomeAct, MetronomeProgramme } from '../../harness/model/metronome.ts';
import { after, ms } from '../../harness/model/time.ts';

const RATE = 8000;
/** One sample, and rounding to one: the metronome keeps to its programme no worse than that. */
const SAMPLE_MS = 1000 / RATE + 1e-6;

/** 200 to 3000 Hz in `lengthMs`, with edges. */
function chirp(lengthMs: number): Int16Array {
  const length = Math.round((lengthMs * RATE) / 1000);
  const seconds = length / RATE;
  return Int16Array.from({ length }, (_, n) => {
    const t = n / RATE;
    return Math.round(4600 * Math.cos(2 * Math.PI * (200 * t + ((3000 - 200) / seconds / 2) * t * t)));
  });
}

/** First and one past the last loud sample of what was received between two instants, on the call's clock. */
function soundIn(line: Line, from: number, to: number): { onset: number; end: number } | undefined {
  const { receivedAudio, maps } = line.leg();
  const map = maps[0];
  if (!map) return undefined;
  const timeOf = (index: number): number => map.originMs + (index - map.from) * map.msPerSample;
  const loud = [...receivedAudio.keys()].filter(
    (index) => Math.abs(receivedAudio[index] ?? 0) > 400 && timeOf(index) >= from && timeOf(index) < to,
  );
  const [first, last] = [loud[0], loud.at(-1)];
  return first === undefined || last === undefined ? undefined : { onset: timeOf(first), end: timeOf(last + 1) };
}

const vowel = (lengthMs: number) => ({ kind: 'vowel', lengthMs, risesMs: 0 }) as const;

/** Replies of `lengthMs` after these delays, stopped after these times. */
const acting = (lengthMs: number, replyMs: readonly number[], stopMs: readonly number[] = []): MetronomeProgramme => ({
  acts: replyMs.map((after, i): MetronomeAct => {
    const afterMs = stopMs[i];
    const stop = afterMs === undefined ? {} : { stop: { afterMs, fadeMs: 0 } };
    return { chirps: 1, replyMs: after, leadMs: 0, sound: vowel(lengthMs), ...stop };
  }),
  sender: {},
  jitterMs: 0,
  loss: 0,
});

async function metronomeCall(
  programme: MetronomeProgramme,
  caller: (line: Line, clock: VirtualClock) => Promise<void>,
): Promise<Line> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const whole = async (): Promise<Line> => {
    const transport = await loopback.open(clock);
    const world = { clock, signal, seed: 1 };
    let answered = Promise.resolve();
    await transport.listen('loopback:metronome', (call) => (answered = answerMetronome(call, programme, world)));
    const phone = { codec: 'PCMU', loss: 0 } as const;
    const line = await transport.dial(
      { address: 'loopback:metronome' },
      { clock, signal, phone, seed: 2, headers: {} },
    );
    await caller(line, clock);
    await line.hangUp();
    await answered;
    await transport.close();
    return line;
  };
  return clock.run(whole());
}

test('the metronome replies at the programmed sample after the chirp, at any phase of the packet grid', async () => {
  const replyMs = [80.4, 333.3, 1200.071];
  const programme = acting(400, replyMs);
  const ends: number[] = [];
  const line = await metronomeCall(programme, async (line, clock) => {
    for (const phase of [0.3, 7.11, 15.93]) {
      const sound = chirp(200);
      const playing = line.play([sound], after(clock.now(), 100 + phase));
      const startedAt = (await playing.started) ?? NaN;
      ends.push(startedAt + (sound.length * 1000) / RATE);
      await clock.sleepUntil(after(clock.now(), 2400));
    }
  });
  const delays = ends.map((end) => (soundIn(line, end, end + 2000)?.onset ?? NaN) - end);
  replyMs.forEach((programmed, index) => {
    expect(Math.abs((delays[index] ?? NaN) - programmed)).toBeLessThanOrEqual(3 * SAMPLE_MS);
  });
});

test('the metronome stops at the programmed sample after a chirp over its reply, between packets too', async () => {
  const stopMs = [52.7, 205.33, 801.9];
  const programme = acting(2500, [150, 150, 150], stopMs);
  const onsets: number[] = [];
  const line = await metronomeCall(programme, async (line, clock) => {
    for (const phase of [0.5, 6.2, 13.7]) {
      line.play([chirp(200)], after(clock.now(), 40));
      const over = line.play([chirp(200)], after(clock.now(), 1000 + phase));
      onsets.push((await over.started) ?? NaN);
      await clock.sleepUntil(after(clock.now(), 3500));
    }
  });
  const stops = onsets.map((onset) => (soundIn(line, onset, onset + 3000)?.end ?? NaN) - onset);
  stopMs.forEach((programmed, index) => {
    expect(Math.abs((stops[index] ?? NaN) - programmed)).toBeLessThanOrEqual(6 * SAMPLE_MS);
  });
});

test('a reply that nobody stops lasts its whole length', async () => {
  const programme = acting(2500, [100]);
  let end = NaN;
  const line = await metronomeCall(programme, async (line, clock) => {
    const playing = line.play([chirp(200)], ms(50));
    end = ((await playing.started) ?? NaN) + 200;
    line.play([chirp(200)], after(clock.now(), 1500));
    await clock.sleepUntil(after(clock.now(), 4000));
  });
  const reply = soundIn(line, end, end + 4000);
  expect((reply?.end ?? NaN) - (reply?.onset ?? NaN)).toBeGreaterThan(2490);
});

/** Acts that each test one manner; nothing impaired. */
const doing = (acts: readonly MetronomeAct[], sender: MetronomeProgramme['sender'] = {}): MetronomeProgramme => ({
  acts,
  sender,
  jitterMs: 0,
  loss: 0,
});

/** The call's clock when a chirp played now has left. */
async function chirped(line: Line, clock: VirtualClock): Promise<number> {
  const playing = line.play([chirp(200)], after(clock.now(), 60));
  return ((await playing.started) ?? NaN) + 200;
}

test.each([
  ['cuts in', 'cut-in', 600],
  ['backchannels', 'backchannel', 250],
] as const)(
  'the metronome %s at the programmed sample of a pause, and replies after the second chirp',
  async (_, kind, lengthMs) => {
    const inPause = { kind, afterMs: 200.7, sound: vowel(lengthMs) };
    const act: MetronomeAct = { chirps: 2, replyMs: 700.3, leadMs: 0, sound: vowel(400), inPause };
    const ends: number[] = [];
    const line = await metronomeCall(doing([act]), async (line, clock) => {
      ends.push(await chirped(line, clock));
      await clock.sleepUntil(ms((ends[0] ?? 0) + 500));
      ends.push(await chirped(line, clock));
      await clock.sleepUntil(after(clock.now(), 2500));
    });
    const [first = NaN, second = NaN] = ends;
    const said = soundIn(line, first, second + 300);
    expect(Math.abs((said?.onset ?? NaN) - first - 200.7)).toBeLessThanOrEqual(3 * SAMPLE_MS);
    expect(Math.abs((said?.end ?? NaN) - (said?.onset ?? NaN) - lengthMs)).toBeLessThan(8);
    const reply = soundIn(line, second + 400, second + 3000);
    expect(Math.abs((reply?.onset ?? NaN) - second - 700.3)).toBeLessThanOrEqual(3 * SAMPLE_MS);
  },
);

test('media that leads its sound with silence moves no onset, and a fade ends where it should', async () => {
  const stop = { afterMs: 120.3, fadeMs: 200 };
  const acts: MetronomeAct[] = [
    { chirps: 1, replyMs: 500.3, leadMs: 250, sound: vowel(400) },
    { chirps: 1, replyMs: 100, leadMs: 0, sound: vowel(2500), stop },
  ];
  let firstEnd = NaN;
  let over = NaN;
  const line = await metronomeCall(doing(acts, { silence: 'dtx' }), async (line, clock) => {
    firstEnd = await chirped(line, clock);
    await clock.sleepUntil(after(clock.now(), 2000));
    await chirped(line, clock);
    await clock.sleepUntil(after(clock.now(), 900));
    over = (await chirped(line, clock)) - 200;
    await clock.sleepUntil(after(clock.now(), 2000));
  });
  const { received } = line.leg();
  const reply = soundIn(line, firstEnd, firstEnd + 1500);
  expect(Math.abs((reply?.onset ?? NaN) - firstEnd - 500.3)).toBeLessThanOrEqual(3 * SAMPLE_MS);
  const media = received.filter(({ samples, at }) => samples > 0 && at > firstEnd && at < firstEnd + 500);
  expect((media[0]?.at ?? NaN) - firstEnd).toBeGreaterThan(230);
  expect((media[0]?.at ?? NaN) - firstEnd).toBeLessThan(275);
  const faded = soundIn(line, over, over + 2500)?.end ?? NaN;
  expect(faded - over).toBeGreaterThan(120 + 140);
  expect(faded - over).toBeLessThan(120 + 200);
});

test.each([-200, 200])('a crystal %i ppm off moves neither a reply nor a stop', async (skewPpm) => {
  const stop = { afterMs: 205.33, fadeMs: 0 };
  const act: MetronomeAct = { chirps: 1, replyMs: 300.3, leadMs: 0, sound: vowel(2500), stop };
  let end = NaN;
  let over = NaN;
  const line = await metronomeCall(doing([act], { skewPpm }), async (line, clock) => {
    await clock.sleepUntil(ms(8000));
    end = await chirped(line, clock);
    await clock.sleepUntil(after(clock.now(), 1200));
    over = (await chirped(line, clock)) - 200;
    await clock.sleepUntil(after(clock.now(), 3000));
  });
  const reply = soundIn(line, end, over + 3000);
  expect(Math.abs((reply?.onset ?? NaN) - end - 300.3)).toBeLessThan(1);
  expect(Math.abs((reply?.end ?? NaN) - over - 205.33)).toBeLessThan(1.5);
});
