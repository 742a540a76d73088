import { expect, test } from 'vitest';
import type { Sender } from '../../../harness/model/line.ts';
import { ms } from '../../../harness/model/time.ts';
import { parsePacket, type RtpPacket } from '../../../harness/rtp/packet.ts';
import { RtpLeg } from '../../../harness/rtp/rtp-leg.ts';

const FRAME = 160;
const loud = (samples: number): Int16Array => new Int16Array(samples).fill(5000);

/** What a leg sends in `frames` frames; a sound of 100 ms plays at 400 ms. */
function sends(sender: Sender, frames: number): { readonly packets: readonly RtpPacket[]; readonly lastDue: number } {
  const accepts = { codecs: { 0: 'PCMU' }, events: [] } as const;
  const leg = new RtpLeg(
    { codec: 'PCMU', payloadType: 0, rate: 8_000, keys: undefined, accepts, seed: 1, sender },
    ms(0),
  );
  leg.obey({ do: 'play', id: 1, startAt: ms(400) });
  leg.obey({ do: 'feed', id: 1, samples: loud(800) });
  leg.obey({ do: 'seal', id: 1 });
  const packets: RtpPacket[] = [];
  for (let n = 0; n < frames; n++) {
    for (const bytes of leg.tick(leg.nextDue)) {
      const packet = parsePacket(bytes);
      if (packet) packets.push(packet);
    }
  }
  return { packets, lastDue: leg.nextDue };
}

const placed = (packets: readonly RtpPacket[]): readonly number[] =>
  packets.map(({ timestamp }) => ((timestamp - (packets[0]?.timestamp ?? 0)) >>> 0) / FRAME);

test('an ordinary sender sends every frame, marked once', () => {
  const { packets } = sends({}, 50);
  expect(placed(packets)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(packets.filter(({ marker }) => marker)).toHaveLength(1);
});

test('a sender with DTX sends its beginning and its sounds, in unbroken sequence, each talkspurt marked', () => {
  const { packets } = sends({ silence: 'dtx' }, 50);
  expect(placed(packets)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24]);
  const first = packets[0]?.seq ?? 0;
  expect(packets.map(({ seq }) => (seq - first) & 0xffff)).toEqual(packets.map((_, n) => n));
  expect(packets.flatMap(({ marker }, n) => (marker ? [n] : []))).toEqual([0, 10]);
});

test('comfort noise says its level in payload type 13 at the start of every silence and now and then', () => {
  const { packets } = sends({ silence: 'comfort-noise' }, 50);
  const noise = packets.filter(({ payloadType }) => payloadType === 13);
  expect(placed([packets[0] as RtpPacket, ...noise]).slice(1)).toEqual([10, 25, 35, 45]);
  expect(noise.every(({ payload }) => payload.length === 1 && Math.abs((payload[0] ?? 0) - 65) <= 1)).toBe(true);
});

test('a fast crystal sends more frames in the same time', () => {
  const { lastDue } = sends({ skewPpm: 200 }, 5000);
  expect(lastDue).toBeCloseTo(100_000 / 1.0002, 6);
  expect(sends({ skewPpm: -200 }, 5000).lastDue).toBeCloseTo(100_000 / 0.9998, 6);
});

test('a new source begins its names anew at the planned place, once', () => {
  const { packets } = sends({ newSourceAtMs: [500] }, 50);
  const names = [...new Set(packets.map(({ ssrc }) => ssrc))];
  expect(names).toHaveLength(2);
  expect(packets.findIndex(({ ssrc }) => ssrc === names[1])).toBe(25);
});
