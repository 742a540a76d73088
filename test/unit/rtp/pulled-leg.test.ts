import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { PulledLeg, withoutMissed } from '../../../harness/rtp/pulled-leg.ts';
import { Sheet } from '../../../harness/rtp/sheet.ts';

const RATE = 16_000;
const FRAME = 320;
const SILENCE = new Int16Array(FRAME);
const ones = (length: number, value = 1_000): Int16Array => new Int16Array(length).fill(value);

/** A leg whose stack reports every 20 ms, exactly on time, and plays what it was last told. */
function paced() {
  let now = 0;
  const leg = new PulledLeg({ codec: 'opus', rate: RATE, seed: 1, bed: SILENCE, now: () => ms(now) });
  const told = new Int16Array(10 * RATE);
  let position = 0;
  const step = (frames = 1, late = 0): void => {
    for (let i = 0; i < frames; i++) {
      position += FRAME;
      now += 20;
      const { from, samples } = leg.pull({ position, at: ms(now + late) });
      told.set(samples, from);
    }
  };
  step();
  leg.begin();
  return { leg, step, told, at: () => position };
}

test('a stack is handed a second of audio ahead, so that nobody here need be awake for every frame', () => {
  const { told, leg, step } = paced();
  leg.play([ones(RATE)]);
  step();
  expect(told.findLastIndex((sample) => sample === 1_000)).toBeGreaterThan(0.9 * RATE);
});

test('what is cut stops within four frames, though it was handed over long before', async () => {
  const { leg, step, told, at } = paced();
  const playing = leg.play([ones(5 * RATE)]);
  step(20);
  const cutAt = at();
  const cut = playing.cut();
  step(10);
  expect(told.findLastIndex((sample) => sample !== 0)).toBeLessThan(cutAt + 4 * FRAME + 1);
  const samples = await cut;
  expect(samples).toBe(told.filter((sample) => sample !== 0).length);
  expect(await playing.done).toMatchObject({ cut: true, samples });
});

test('a playing leaves at the sample it was asked for, and is told when it has left and not before', async () => {
  const { leg, step, told } = paced();
  const playing = leg.play([ones(500)], ms(333.5));
  step(5);
  expect(playing.sent).toBe(0);
  step(30);
  expect(told.findIndex((sample) => sample !== 0)).toBe((333.5 * RATE) / 1000);
  expect(await playing.done).toEqual({ startedAt: 333.5, samples: 500, cut: false });
});

test('a late report moves nothing: the quickest ones tell the time', async () => {
  const { leg, step } = paced();
  const playing = leg.play([ones(500)], ms(600));
  step(5, 70);
  step(40, 3);
  expect((await playing.done).startedAt).toBe(600);
});

test('the books say silence where the stack had no audio in time, and how late that made it', () => {
  const { leg, step, at } = paced();
  leg.play([ones(2 * RATE)]);
  step(10);
  const missed = { from: at() - FRAME - 100, to: at() - FRAME };
  leg.pull({ position: at(), at: ms(220), missed: [missed] });
  step(5);
  const { sent, sentAudio, format } = leg.stop();
  expect(format.timing).toBe('approximate');
  expect(sent.filter((packet) => packet.at - packet.dueAt > 5)).toHaveLength(1);
  expect(sentAudio.filter((sample, i) => i > 3 * FRAME && i < 8 * FRAME && sample === 0)).toHaveLength(100);
});

test('a frame without a miss stays as it is', () => {
  const frame = ones(FRAME);
  expect(withoutMissed(0, frame, [{ from: FRAME, to: 2 * FRAME }])).toEqual({ samples: frame, missing: 0 });
});

test('a sheet adds what plays at once, saturates, and is attenuated only from where it may be', () => {
  const sheet = new Sheet(SILENCE);
  sheet.play(1, 0, 0);
  sheet.play(2, 10, 0);
  sheet.feed(1, ones(40, 30_000), 0);
  sheet.feed(2, ones(40, 30_000), 0);
  expect([...sheet.between(9, 12)]).toEqual([30_000, 32_767, 32_767]);
  sheet.cut(2, 20);
  sheet.duck(1, 20, 30);
  expect([...sheet.between(19, 21)]).toEqual([32_767, 30_000]);
  expect([...sheet.between(29, 31)]).toEqual([30_000, 3_000]);
});
