import type { AnswerContext, CallContext, Leg, Line, Transport } from '../../harness/model/line.ts';
import type { Fate, Network } from '../../harness/model/network.ts';
import { after, type Clock } from '../../harness/model/time.ts';

/** Both ends' books of a call behind a network: ours, which it is, and the other one's. */
export interface ImpairedCall {
  readonly near: Leg;
  readonly far: Leg;
}

/** A call of `duration` ms in which nobody speaks: packets flow both ways, and our phone's network impairs them. */
export async function impairedCall(
  { transport, clock, address }: { transport: Transport; clock: Clock; address: string },
  network: Network,
  duration: number,
  seed = 11,
): Promise<ImpairedCall> {
  const ctx = (over: Pick<CallContext, 'phone' | 'seed'>): AnswerContext => ({
    clock,
    signal: new AbortController().signal,
    ...over,
  });
  const answered = Promise.withResolvers<Line>();
  const clean = ctx({ phone: { codec: 'PCMU', loss: 0 }, seed: seed + 1 });
  const place = await transport.listen(address, (call) => answered.resolve(call.accept(clean)));
  const phone = { codec: 'PCMU', ...network } as const;
  const near = await transport.dial({ address: place.address }, { ...ctx({ phone, seed }), headers: {} });
  const far = await answered.promise;
  await clock.sleepUntil(after(clock.now(), duration));
  // What is on its way when both stop sending would count as lost.
  await near.hangUp();
  await Promise.all([near.ended, far.ended]);
  await place.close();
  return { near: near.leg(), far: far.leg() };
}

/** What the receiver of one direction got, from its own packet records and the sender's. */
export interface DeliveredWay {
  readonly sent: number;
  readonly lossShare: number;
  readonly meanBurst: number;
  /** Of those that came, in the order they were sent: the how-manyeth it was, and how long it took, ms. */
  readonly came: readonly { readonly n: number; readonly delay: number }[];
}

/** The end of a call, in which packets are still on their way, is left out. */
const TAIL_MS = 500;

export function deliveredOver(from: Leg, to: Leg): DeliveredWay {
  const until = (from.sent.at(-1)?.at ?? 0) - TAIL_MS;
  const sent = from.sent.filter(({ at }) => at < until);
  const arrivals = new Map(to.received.map(({ rtpTime, at }) => [rtpTime, at]));
  const came = sent.flatMap(({ rtpTime, at }, n) => {
    const arrived = arrivals.get(rtpTime);
    return arrived === undefined ? [] : [{ n, delay: arrived - at }];
  });
  const lost = sent.map(({ rtpTime }) => !arrivals.has(rtpTime));
  const bursts = lost.filter((one, i) => one && !lost[i - 1]).length;
  const missing = sent.length - came.length;
  return { sent: sent.length, lossShare: missing / sent.length, meanBurst: missing / bursts, came };
}

/** The range of the delays but for the latest of a thousand, ms (packet delay variation, RFC 5481). */
export function jitterOf({ came }: Pick<DeliveredWay, 'came'>): number {
  const delays = came.map(({ delay }) => delay).toSorted((a, b) => a - b);
  return (delays[Math.floor(delays.length * 0.999)] ?? NaN) - (delays[0] ?? NaN);
}

/** What the seed alone decided for the first `count` packets of a direction, loss and delay. */
export const decisions = (
  leg: Leg,
  direction: Fate['direction'],
  count: number,
): readonly Omit<Fate, 'delayMs' | 'seq'>[] =>
  (leg.fates ?? [])
    .filter((fate) => fate.direction === direction && fate.n < count)
    .map(({ delayMs: _delayMs, seq: _seq, ...decision }) => decision);
