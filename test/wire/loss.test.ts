import { expect, test } from 'vitest';
import { ms } from '../../harness/model/time.ts';
import type { SipCall } from '../../harness/sip/call.ts';
import { seededDrops } from '../../harness/sip/drops.ts';
import { within } from '../../harness/clock/within.ts';
import { call, clock, dialler, listener, media } from './pair.ts';

const CALLS = 30;

test('30 of 30 calls are set up and ended although 20 % of SIP packets are lost both ways', async () => {
  let dropped = 0;
  const drops = seededDrops(1, 0.2);
  const counting = (direction: 'in' | 'out'): boolean => {
    const lost = drops(direction);
    dropped += Number(lost);
    return lost;
  };
  const theirs = new Map<string, Promise<SipCall>>();
  // Every packet of either direction passes the dialler exactly once.
  const from = await dialler({ drops: counting, t1: 100 });
  const to = await listener(
    (ringing) =>
      theirs.set(
        ringing.headers['x-call'] ?? '',
        ringing.accept(media, () => undefined),
      ),
    { t1: 100 },
  );
  const ours = await Promise.all(
    Array.from({ length: CALLS }, (_, n) =>
      call(from, to, { headers: { 'X-Call': String(n) }, ringTimeout: ms(30_000) }),
    ),
  );
  expect(ours).toHaveLength(CALLS);
  await Promise.all(ours.map(async (one, n) => (n % 2 === 0 ? one : await theirs.get(String(n)))?.bye()));
  const ends = await within(
    clock,
    ms(20_000),
    Promise.all(ours.map(async (one, n) => [await one.over, await (await theirs.get(String(n)))?.over])),
  );
  expect(ends?.map(([our, their]) => [our?.by, their?.by])).toEqual(
    ours.map((_, n) => (n % 2 === 0 ? ['us', 'them'] : ['them', 'us'])),
  );
  expect(dropped).toBeGreaterThan(CALLS);
  await Promise.all([from.close(), to.close()]);
}, 60_000);

test('refusals and CANCELs get through the same loss', async () => {
  const from = await dialler({ drops: seededDrops(3, 0.2), t1: 50 });
  const to = await listener(
    (ringing) => {
      if (ringing.to.startsWith('sip:busy')) void ringing.reject(486);
    },
    { t1: 50 },
  );
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      call(from, to, n % 2 === 0 ? { user: 'busy', ringTimeout: ms(20_000) } : { ringTimeout: ms(4_000) }).then(
        () => 'answered',
        (error: { why: string; status: number }) => `${error.why} ${error.status}`,
      ),
    ),
  );
  expect(outcomes).toEqual(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'final 486' : 'unanswered 408')));
  await Promise.all([from.close(), to.close()]);
}, 30_000);
