import { afterAll, beforeAll, expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import sip from '../../harness/lines/sip.ts';
import type { Transport } from '../../harness/model/line.ts';
import type { Network } from '../../harness/model/network.ts';
import { decisions, deliveredOver, impairedCall, type ImpairedCall } from '../calls/impaired.ts';
import { clock } from './lines.ts';

const NETWORK: Network = { loss: 0.2, burst: 3, delayMs: 15, jitterMs: 40 };
const LENGTH_MS = 3_000;
/** Packets of a call that have certainly left, and come, before it ends. */
const CERTAIN = 100;

let transport: Transport;
let calls: readonly ImpairedCall[];
beforeAll(async () => {
  transport = await sip.open(clock);
  const overSip = () => impairedCall({ transport, clock, address: 'sip:agent@127.0.0.1:0' }, NETWORK, LENGTH_MS);
  calls = await Promise.all([overSip(), overSip()]);
});
afterAll(() => transport.close());

test('one plan has one network: packet for packet the same twice over SIP, and over loopback', async () => {
  const virtual = new VirtualClock();
  const inside = await virtual.run(
    (async () => {
      const switchboard = await loopback.open(virtual);
      return impairedCall({ transport: switchboard, clock: virtual, address: 'loopback:quiet' }, NETWORK, LENGTH_MS);
    })(),
  );
  for (const { near } of calls) {
    for (const direction of ['out', 'in'] as const)
      expect(decisions(near, direction, CERTAIN)).toEqual(decisions(inside.near, direction, CERTAIN));
  }
});

test('what comes over SIP is what was decided: nothing else is missing, and nothing comes before its time', () => {
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
