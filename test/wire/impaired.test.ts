import { beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import sip from '../../harness/lines/sip.ts';
import webrtc from '../../harness/lines/webrtc.ts';
import type { LineKind } from '../../harness/model/line.ts';
import type { Network } from '../../harness/model/network.ts';
import { decisions, deliveredOver, impairedCall, type ImpairedCall } from '../calls/impaired.ts';
import { clock } from './lines.ts';

const NETWORK: Network = { loss: 0.2, burst: 3, delayMs: 15, jitterMs: 40 };
const LENGTH_MS = 3_000;
/** Packets of a call that have certainly left, and come, before it ends. */
const CERTAIN = 100;

/** Lines over sockets, and where to listen on each. */
const LINES: readonly (readonly [name: string, kind: LineKind, address: string])[] = [
  ['sip', sip, 'sip:agent@127.0.0.1:0'],
  ['webrtc', webrtc, 'webrtc+whip:http://127.0.0.1:0/whip'],
];

/** Two calls by the same plan. */
async function twice(kind: LineKind, address: string): Promise<readonly ImpairedCall[]> {
  const transport = await kind.open(clock);
  const calls = await Promise.all([1, 2].map(() => impairedCall({ transport, clock, address }, NETWORK, LENGTH_MS)));
  await transport.close();
  return calls;
}

async function inVirtualTime(): Promise<ImpairedCall> {
  const virtual = new VirtualClock();
  return virtual.run(
    (async () => {
      const transport = await loopback.open(virtual);
      return impairedCall({ transport, clock: virtual, address: 'loopback:quiet' }, NETWORK, LENGTH_MS);
    })(),
  );
}

describe.each(LINES)('over %s', (_, kind, address) => {
  let calls: readonly ImpairedCall[];
  let inside: ImpairedCall;
  beforeAll(async () => {
    [calls, inside] = await Promise.all([twice(kind, address), inVirtualTime()]);
  }, 30_000);

  test('one plan has one network: packet for packet the same again, and on the loopback line', () => {
    for (const { near } of calls) {
      for (const direction of ['out', 'in'] as const)
        expect(decisions(near, direction, CERTAIN)).toEqual(decisions(inside.near, direction, CERTAIN));
    }
  });

  test('what comes is what was decided: nothing else is missing, and nothing comes before its time', () => {
    for (const { near, far } of calls) {
      const fates = near.fates?.filter(({ direction }) => direction === 'out') ?? [];
      const { sent, lossShare, came } = deliveredOver(near, far);
      const lost = fates.slice(0, sent).filter((fate) => fate.lost);
      expect(sent).toBeGreaterThan(CERTAIN);
      expect(lost.length).toBeGreaterThan(5);
      expect(lossShare).toBe(lost.length / sent);
      // The media worker wakes every millisecond, and sends what falls due before it wakes again.
      for (const { n, delay } of came) expect(delay).toBeGreaterThan((fates[n]?.heldMs ?? Infinity) - 1.1);
      expect(Math.max(...came.map(({ delay }) => delay))).toBeGreaterThan(45);
    }
  });
});
