import { expect, test } from 'vitest';
import { type Frame, Outbox } from '../../../harness/rtp/outbox.ts';

const FRAME = 160;
const quiet = new Int16Array(FRAME);
const level = (samples: number, value = 1_000): Int16Array => new Int16Array(samples).fill(value);
const frames = (outbox: Outbox, count: number): Frame[] => Array.from({ length: count }, () => outbox.nextFrame());
const samplesOf = (out: readonly Frame[]): number[] => out.flatMap(({ samples }) => [...samples]);

test('a playing begins at its exact sample, in the middle of a frame, and says what left where', () => {
  const outbox = new Outbox(quiet, FRAME);
  outbox.play(1, 203);
  outbox.feed(1, level(300));
  outbox.seal(1);
  const out = frames(outbox, 5);
  const sent = samplesOf(out);
  expect([sent.indexOf(1_000), sent.lastIndexOf(1_000)]).toEqual([203, 502]);
  expect(out.flatMap(({ left }) => left)).toEqual([
    { id: 1, mediaIndex: 203, samples: 117 },
    { id: 1, mediaIndex: 320, samples: 160 },
    { id: 1, mediaIndex: 480, samples: 23 },
  ]);
  expect(out.map(({ over }) => over.length)).toEqual([0, 0, 0, 1, 0]);
  expect(out[3]?.over).toEqual([{ id: 1, samples: 300, cut: false }]);
});

test('a start that has passed means the next frame', () => {
  const outbox = new Outbox(quiet, FRAME);
  frames(outbox, 3);
  outbox.play(1, 10);
  outbox.feed(1, level(10));
  expect(outbox.nextFrame().left).toEqual([{ id: 1, mediaIndex: 480, samples: 10 }]);
});

test('pieces join without a seam; one that comes late goes on with the next frame', () => {
  const outbox = new Outbox(quiet, FRAME);
  outbox.play(1, 0);
  outbox.feed(1, level(100));
  outbox.feed(1, level(50));
  const first = outbox.nextFrame();
  expect([...first.samples.subarray(0, 160)]).toEqual([...level(150), ...new Int16Array(10)]);
  outbox.feed(1, level(20));
  expect(outbox.nextFrame().left).toEqual([{ id: 1, mediaIndex: 160, samples: 20 }]);
  expect(outbox.seal(1)).toEqual({ id: 1, samples: 170, cut: false });
});

test('a cut counts what left and silences the rest, and only that playing', () => {
  const outbox = new Outbox(quiet, FRAME);
  for (const id of [1, 2]) {
    outbox.play(id, 0);
    outbox.feed(id, level(1_000, id * 100));
  }
  frames(outbox, 2);
  expect(outbox.cut(1)).toEqual({ id: 1, samples: 320, cut: true });
  expect(outbox.cut(1)).toBeUndefined();
  expect(new Set(outbox.nextFrame().samples)).toEqual(new Set([200]));
});

test('two playings add, and saturate instead of wrapping round', () => {
  const outbox = new Outbox(quiet, FRAME);
  for (const id of [1, 2]) {
    outbox.play(id, 0);
    outbox.feed(id, Int16Array.of(20_000, -20_000, 300));
  }
  expect([...outbox.nextFrame().samples.subarray(0, 3)]).toEqual([32_767, -32_768, 600]);
});

test('a duck attenuates from the next frame on, and is undone by 0 dB', () => {
  const outbox = new Outbox(quiet, FRAME);
  outbox.play(1, 0);
  outbox.feed(1, level(1_000, 10_000));
  const heard = [0, 20, 40, 0].map((db) => {
    outbox.duck(1, db);
    return outbox.nextFrame().samples[0];
  });
  expect(heard).toEqual([10_000, 1_000, 100, 10_000]);
});

test('the floor loops seamlessly under everything', () => {
  const floor = Int16Array.from({ length: 100 }, (_, i) => i);
  const outbox = new Outbox(floor, FRAME);
  outbox.play(1, 160);
  outbox.feed(1, level(160));
  const sent = samplesOf(frames(outbox, 3));
  expect(sent).toEqual(sent.map((_, i) => (i % 100) + (i >= 160 && i < 320 ? 1_000 : 0)));
});

test('at the end of a call nothing that was queued is forgotten', () => {
  const outbox = new Outbox(quiet, FRAME);
  outbox.play(1, 0);
  outbox.play(2, 9_999);
  outbox.feed(1, level(500));
  outbox.nextFrame();
  expect(outbox.cutAll()).toEqual([
    { id: 1, samples: 160, cut: true },
    { id: 2, samples: 0, cut: true },
  ]);
});
