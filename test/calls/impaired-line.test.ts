import { expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import type { Network } from '../../harness/model/network.ts';
import { decisions, deliveredOver, impairedCall, type ImpairedCall, jitterOf } from './impaired.ts';

const BURSTS: Network = { loss: 0.05, burst: 3, jitterMs: 40 };

/** 10000 packets each way. The share and the bursts of many more: test/unit/rtp/impairments.test.ts. */
const LONG_MS = 200_000;

async function overLoopback(network: Network, duration: number, seed?: number): Promise<ImpairedCall> {
  const clock = new VirtualClock();
  return clock.run(
    (async () => {
      const transport = await loopback.open(clock);
      const call = await impairedCall({ transport, clock, address: 'loopback:quiet' }, network, duration, seed);
      await transport.close();
      return call;
    })(),
  );
}

test('a receiver misses exactly what was decided, and its packets come with the jitter that was asked for', async () => {
  const { near, far } = await overLoopback(BURSTS, LONG_MS);
  const ways = [
    { direction: 'out', ...deliveredOver(near, far) },
    { direction: 'in', ...deliveredOver(far, near) },
  ];
  for (const { direction, sent, lossShare, meanBurst, came } of ways) {
    const lost = near.dropped?.filter((fate) => fate.direction === direction && fate.n < sent) ?? [];
    expect(sent).toBeGreaterThan(9_900);
    expect(lossShare).toBe(lost.length / sent);
    // Four standard errors: half a percent of loss each, a tenth of a packet.
    expect(Math.abs(lossShare - 0.05)).toBeLessThan(0.02);
    expect(Math.abs(meanBurst - 3)).toBeLessThan(0.8);
    expect(Math.abs(jitterOf({ came }) - 40)).toBeLessThan(2);
  }
});

test('the same plan is impaired packet for packet alike, and both ends’ books agree with what was decided', async () => {
  const [one, again, other] = [
    await overLoopback(BURSTS, 20_000),
    await overLoopback(BURSTS, 20_000),
    await overLoopback(BURSTS, 20_000, 12),
  ];
  expect(again.near.fates).toEqual(one.near.fates);
  expect(again.far.received.map(({ seq, at }) => [seq, at])).toEqual(one.far.received.map(({ seq, at }) => [seq, at]));
  expect(decisions(other.near, 'out', 900)).not.toEqual(decisions(one.near, 'out', 900));
  const gone = new Set(one.near.dropped?.flatMap(({ direction, seq }) => (direction === 'out' ? [seq] : [])));
  const came = new Set(one.far.received.map(({ seq }) => seq));
  for (const { seq } of one.near.sent.slice(0, 900)) expect(came.has(seq)).toBe(!gone.has(seq));
});
