import { within } from '../../harness/clock/within.ts';
import { DialFailed } from '../../harness/model/line.ts';
import type { Line } from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';
import type { Handing, Transfer } from '../transfer.ts';
import type { CallWorld, Dial } from '../world.ts';
import blind from './blind.ts';

/** How long a desk may ring: she is to hear from us again within four seconds. */
const RING_FOR = ms(3_000);
/** Bad news comes after a breath, not in the one in which good news was announced. */
const BREATH = ms(300);
/** How long her telephone may take to reach a desk that has answered: somebody sits there and waits for her. */
const JOIN_WITHIN = ms(8_000);

/** The desk on a line of our own, or nobody: it is busy, declines, does not answer or cannot be reached. */
async function consult(
  { line, address }: Handing,
  context: string | undefined,
  dial: Dial,
  world: CallWorld,
): Promise<Line | undefined> {
  const gone = new AbortController();
  void line.ended.then(() => gone.abort());
  const signal = AbortSignal.any([world.signal, gone.signal]);
  try {
    return await dial(address, { signal, ringTimeout: RING_FOR, ...(context !== undefined && { context }) });
  } catch (error) {
    if (error instanceof DialFailed) return undefined;
    throw error;
  }
}

/**
 * Calls the desk first and sends her there, in the place of that call, once somebody has answered (RFC 5589 7): whether
 * anybody does is known to us and not only to her telephone. An agent that cannot call out transfers blind.
 */
const attended: Transfer = async (handing, world) => {
  const { dial, clock } = world;
  if (!dial) return blind(handing, world);
  const context = await handing.post();
  const breath = after(clock.now(), BREATH);
  const desk = await consult(handing, context, dial, world);
  if (!desk) {
    await clock.sleepUntil(breath, world.signal);
    return false;
  }
  const outcome = await within(clock, JOIN_WITHIN, handing.line.transfer(handing.address, context, desk));
  // Still open, it was not replaced, and can no longer be: a late follower is told so (481) and stays with us.
  world.watch(desk.hangUp());
  return outcome?.accepted ?? false;
};

export default attended;
