import { expect, test } from 'vitest';
import { pacingOf, rebased, tracksOf } from '../../../harness/call/record.ts';
import type { Leg } from '../../../harness/model/line.ts';
import { ms } from '../../../harness/model/time.ts';

const sentAt = (...times: number[]): Leg['sent'] =>
  times.map((at, index) => ({
    seq: index,
    rtpTime: index * 160,
    dueAt: ms(1000 + index * 20),
    at: ms(at),
    mediaIndex: index * 160,
    samples: 160,
  }));

const leg = (originMs: number): Leg => ({
  format: { codec: 'PCMU', rate: 8000, ptime: ms(20), timing: 'exact' },
  sent: sentAt(1000, 1020),
  sentAudio: new Int16Array(320),
  received: [],
  receivedAudio: new Int16Array(160).fill(7),
  lost: [{ from: 10, to: 20 }],
  maps: [{ ssrc: 1, from: 0, to: 160, originMs: ms(originMs), msPerSample: 0.125 }],
});

test('an agent sample keeps its instant when the right channel is padded to begin with the call', () => {
  const tracks = tracksOf(leg(1040.1), ms(1000));
  expect(tracks.agent.length).toBe(321 + 160);
  expect(tracks.agent[321]).toBe(7);
  expect(tracks.maps[0]).toMatchObject({ from: 321, to: 481 });
  expect(tracks.maps[0]?.originMs).toBeCloseTo(40.1, 9);
  expect(tracks.lost).toEqual([{ from: 331, to: 341 }]);
});

test('audio that came before our own first packet is not cut off', () => {
  const tracks = tracksOf(leg(990), ms(1000));
  expect(tracks.agent.length).toBe(160);
  expect(tracks.maps[0]?.originMs).toBe(-10);
});

test('a stalled sender shows in the books, not in the numbers of the agent', () => {
  const pacing = pacingOf(sentAt(1000, 1026, 1105), ms(1000));
  expect(pacing).toMatchObject({ packets: 3, late: 2, maxLateMs: 65, maxGapMs: 79, lateAt: [26, 105] });
});

test('a moved event keeps its durations', () => {
  const moved = rebased(
    {
      source: 'caller',
      kind: 'said',
      at: ms(1500),
      line: 'a',
      topic: 'a',
      text: '',
      way: 0,
      mumbled: false,
      onset: ms(1500),
      end: ms(2500),
      pauses: [{ from: ms(1700), to: ms(1900) }],
      facts: {},
      cut: false,
      desk: false,
    },
    ms(1000),
  );
  expect(moved).toMatchObject({ at: 500, onset: 500, end: 1500, pauses: [{ from: 700, to: 900 }] });
});
