import { expect, test } from 'vitest';
import { KeyPad } from '../../../harness/rtp/key-pad.ts';
import { parseEvent } from '../../../harness/rtp/telephone-event.ts';

test('a key lasts 100 ms, grows by a frame and says three times that it is over', () => {
  const pad = new KeyPad(8_000);
  pad.press('#');
  const packets = [0, 1, 2, 3, 4, 5].flatMap((at) => pad.next(at));
  expect(packets.map(({ begin }) => begin)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  const events = packets.map(({ payload }) => parseEvent(payload));
  expect(events.map((event) => event?.duration)).toEqual([160, 320, 480, 640, 800, 800, 800]);
  expect(events.map((event) => event?.end)).toEqual([false, false, false, false, true, true, true]);
  expect(new Set(events.map((event) => event?.key))).toEqual(new Set(['#']));
});

test('keys pressed together are sent one after another with a pause', () => {
  const pad = new KeyPad(8_000);
  pad.press('1');
  pad.press('1');
  const begins = new Set<number>();
  for (let at = 0; at < 25; at++) for (const { begin } of pad.next(at)) begins.add(begin);
  expect([...begins]).toEqual([0, 8]);
});

test('an event that is no telephone key is no key', () => {
  expect(parseEvent(Uint8Array.of(16, 0x8a, 3, 32))).toBeUndefined();
  expect(parseEvent(Uint8Array.of(5, 0x8a))).toBeUndefined();
});
