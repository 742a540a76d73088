import { expect, test } from 'vitest';
import type { Leg } from '../../../harness/model/line.ts';
import { ms } from '../../../harness/model/time.ts';
import { Bookkeeper } from '../../../harness/rtp/books.ts';
import { encodeG711 } from '../../../harness/rtp/g711.ts';
import { type Heard, Inbox } from '../../../harness/rtp/inbox.ts';
import { legFrom } from '../../../harness/rtp/leg-from.ts';
import type { RtpPacket } from '../../../harness/rtp/packet.ts';
import { buildEvent } from '../../../harness/rtp/telephone-event.ts';

/** A sender at sequence 65530 and a timestamp about to wrap; frame `n` holds the level 1000 + n everywhere. */
const FIRST_SEQ = 65_530;
const FIRST_TIMESTAMP = 0xffffff00;

function frame(n: number, change: Partial<RtpPacket> = {}): RtpPacket {
  return {
    payloadType: 0,
    marker: n === 0,
    seq: (FIRST_SEQ + n) & 0xffff,
    timestamp: (FIRST_TIMESTAMP + n * 160) >>> 0,
    ssrc: 77,
    payload: encodeG711('PCMU', new Int16Array(160).fill(100 * (n + 1))),
    ...change,
  };
}

interface Listened {
  readonly heard: readonly Heard[];
  readonly leg: Leg;
  readonly unknown: number;
}

/** Everything heard of packets that arrive at the given instants, and the books. */
function listen(packets: readonly (readonly [RtpPacket, number])[]): Listened {
  const books = new Bookkeeper();
  const inbox = new Inbox({ codecs: { 0: 'PCMU', 8: 'PCMA' }, events: [101] }, books, 8_000);
  const heard = packets.flatMap(([packet, at]) => inbox.receive(packet, ms(at)));
  heard.push(...inbox.flush(ms(1e6)));
  const leg = legFrom(books.books({ codec: 'PCMU', rate: 8_000, ptime: ms(20), timing: 'exact' }));
  return { heard, leg, unknown: inbox.unknown };
}

const onTime = (ns: readonly number[]): (readonly [RtpPacket, number])[] => ns.map((n) => [frame(n), 20 * n]);
const audioOf = (heard: readonly Heard[]): string[] =>
  heard.flatMap((item) => (item.kind === 'audio' ? [`${item.mediaIndex / 160}${item.lost ? ' lost' : ''}`] : []));

test('sequence numbers and timestamps that wrap leave no hole', () => {
  const { heard, leg } = listen(onTime([0, 1, 2, 3, 4, 5, 6, 7, 8]));
  expect(audioOf(heard)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  expect(leg.receivedAudio.length).toBe(9 * 160);
  expect(leg.lost).toEqual([]);
  expect(leg.received.map(({ mediaIndex }) => mediaIndex)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 160));
});

test('packets that overtake each other are heard in order, stamped with their own arrivals', () => {
  const { heard, leg } = listen([
    [frame(0), 0],
    [frame(2), 40],
    [frame(1), 41],
    [frame(3), 60],
  ]);
  expect(audioOf(heard)).toEqual(['0', '1', '2', '3']);
  expect(heard.map(({ arrivedAt }) => arrivedAt)).toEqual([0, 41, 40, 60]);
  expect(leg.lost).toEqual([]);
});

test('a lost packet is stood in for after two more have come, and is zero in the recording', () => {
  const { heard, leg } = listen(onTime([0, 1, 3, 4, 5]));
  expect(audioOf(heard)).toEqual(['0', '1', '2 lost', '3', '4', '5']);
  expect(heard.map(({ arrivedAt }) => arrivedAt)).toEqual([0, 20, 80, 60, 80, 100]);
  expect(leg.lost).toEqual([{ from: 320, to: 480 }]);
  expect([...leg.receivedAudio.subarray(320, 480)]).toEqual([...new Int16Array(160)]);
});

test('a packet too late to be heard still fills its place in the recording', () => {
  const { heard, leg } = listen([...onTime([0, 2, 3, 4]), [frame(1), 90]]);
  expect(audioOf(heard)).toEqual(['0', '1 lost', '2', '3', '4']);
  expect(leg.lost).toEqual([]);
  expect(leg.receivedAudio[200]).not.toBe(0);
});

test('the packet before the first one heard does not disturb the recording', () => {
  const { leg } = listen([
    [frame(1), 20],
    [frame(0), 21],
    [frame(2), 40],
  ]);
  expect(leg.receivedAudio.length).toBe(320);
  expect(leg.receivedAudio[0]).toBe(leg.receivedAudio[159]);
});

test('a packet that comes twice is heard once', () => {
  const { heard } = listen([...onTime([0, 1]), [frame(1), 22], ...onTime([2])]);
  expect(audioOf(heard)).toEqual(['0', '1', '2']);
});

test('a sender that leaps its timestamp over its own silence has lost nothing', () => {
  const after = (n: number): readonly [RtpPacket, number] => [
    frame(n, { timestamp: (FIRST_TIMESTAMP + (n + 50) * 160) >>> 0, marker: true }),
    20 * (n + 50),
  ];
  const { heard, leg } = listen([...onTime([0, 1]), after(2), after(3)]);
  expect(audioOf(heard)).toEqual(['0', '1', '52', '53']);
  expect(leg.lost).toEqual([]);
  expect(leg.maps).toHaveLength(1);
  expect(leg.receivedAudio.length).toBe(54 * 160);
});

test('a new source goes on where the old one ended, with a map of its own', () => {
  const other = (n: number): readonly [RtpPacket, number] => [
    frame(n, { ssrc: 88, timestamp: 5_000 + n * 160, seq: 20 + n }),
    300 + 20 * n,
  ];
  const { heard, leg } = listen([...onTime([0, 1, 2]), other(0), other(1)]);
  expect(audioOf(heard)).toEqual(['0', '1', '2', '3', '4']);
  expect(leg.maps).toEqual([
    { ssrc: 77, from: 0, to: 480, originMs: 0, msPerSample: 0.125, skewPpm: 0 },
    { ssrc: 88, from: 480, to: 800, originMs: 300, msPerSample: 0.125, skewPpm: 0 },
  ]);
  expect(leg.lost).toEqual([]);
});

test('a straggler of the old source does not bring it back', () => {
  const other = (n: number): RtpPacket => frame(n, { ssrc: 88, timestamp: n * 160, seq: 20 + n });
  const { heard } = listen([...onTime([0, 1]), [other(0), 40], [frame(2), 45], [other(1), 60]]);
  expect(audioOf(heard)).toEqual(['0', '1', '2', '3']);
});

test('a sender whose clock starts again under the same source is not placed hours ahead or behind', () => {
  for (const timestamp of [12, 0x7fffffff]) {
    const again = (n: number): readonly [RtpPacket, number] => [
      frame(n, { timestamp: timestamp + (n - 2) * 160 }),
      20 * n,
    ];
    const { heard, leg } = listen([...onTime([0, 1]), again(2), again(3)]);
    expect(audioOf(heard)).toEqual(['0', '1', '2', '3']);
    expect(leg.maps).toHaveLength(2);
  }
});

test('a sender that pauses without packets and without time passing in its timestamps gets a second map', () => {
  const paused = onTime(Array.from({ length: 60 }, (_, n) => n)).map(
    ([packet, at], n) => [packet, n < 30 ? at : at + 900] as const,
  );
  const { leg } = listen(paused);
  expect(leg.maps.map(({ from, to, originMs }) => [from, to, originMs])).toEqual([
    [0, 4_800, 0],
    [4_800, 9_600, 1_500],
  ]);
});

test('a key is told once though six packets carry it, and its packets are no loss', () => {
  const event = (seq: number, duration: number, end: boolean): RtpPacket =>
    frame(seq, {
      payloadType: 101,
      timestamp: (FIRST_TIMESTAMP + 320) >>> 0,
      payload: buildEvent({ key: '9', end, duration }),
    });
  const { heard, leg } = listen([
    ...onTime([0, 1]),
    [event(2, 160, false), 40],
    [event(3, 320, false), 60],
    [event(4, 480, true), 80],
    [event(5, 480, true), 80],
    [frame(6, { timestamp: (FIRST_TIMESTAMP + 5 * 160) >>> 0 }), 100],
  ]);
  expect(heard.filter(({ kind }) => kind === 'key')).toEqual([{ kind: 'key', key: '9', arrivedAt: 40 }]);
  expect(audioOf(heard)).toEqual(['0', '1', '5']);
  expect(leg.lost).toEqual([]);
  expect(leg.received).toHaveLength(7);
});

test('payload types nobody agreed on are ignored, counted and no loss; the other G.711 law is understood', () => {
  const { heard, leg, unknown } = listen([
    [frame(0), 0],
    [frame(1, { payloadType: 13, payload: Uint8Array.of(60) }), 20],
    [frame(2, { payloadType: 8, payload: encodeG711('PCMA', new Int16Array(160).fill(1_000)) }), 40],
  ]);
  expect(audioOf(heard)).toEqual(['0', '2']);
  expect(unknown).toBe(1);
  expect(leg.lost).toEqual([]);
  expect(Math.abs((leg.receivedAudio[400] ?? 0) - 1_000)).toBeLessThan(40);
});

test('packets of 30 ms and single-sample stumps are placed by their timestamps', () => {
  const long = (n: number): readonly [RtpPacket, number] => [
    frame(n, { timestamp: (FIRST_TIMESTAMP + n * 240) >>> 0, payload: new Uint8Array(240) }),
    30 * n,
  ];
  const { leg } = listen([long(0), long(1), long(2)]);
  expect(leg.receivedAudio.length).toBe(720);
  expect(leg.maps).toEqual([{ ssrc: 77, from: 0, to: 720, originMs: 0, msPerSample: 0.125, skewPpm: 0 }]);
});

test('nothing received binds to empty books', () => {
  const { leg } = listen([]);
  expect(leg).toMatchObject({ received: [], lost: [], maps: [] });
  expect(leg.receivedAudio.length).toBe(0);
});

test('a sender that falls silent by sending nothing is heard to be silent, and is not recorded so', () => {
  const books = new Bookkeeper();
  const inbox = new Inbox({ codecs: { 0: 'PCMU' }, events: [] }, books, 8_000);
  expect(inbox.idle(ms(500))).toEqual([]);
  inbox.receive(frame(0), ms(1000));
  expect(inbox.idle(ms(1080))).toEqual([]);
  const [silence] = inbox.idle(ms(1100));
  expect(silence).toMatchObject({ kind: 'audio', lost: true, arrivedAt: 1100 });
  expect(inbox.receive(frame(1), ms(1200)).map(({ kind }) => kind)).toEqual(['audio']);
  expect(inbox.idle(ms(1220))).toEqual([]);
  expect(legFrom(books.books({ codec: 'PCMU', rate: 8000, ptime: ms(20), timing: 'exact' })).received).toHaveLength(2);
});
