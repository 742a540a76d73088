import { ms } from '../../harness/model/time.ts';
import type { CallContext } from '../../harness/model/line.ts';
import { realClock } from '../../harness/clock/real.ts';

export const clock = realClock();

/** A call's context on a good line; everything may be overridden. */
export const context = (over: Partial<CallContext> = {}): CallContext => ({
  clock,
  signal: new AbortController().signal,
  phone: { codec: 'PCMU', loss: 0 },
  seed: 1,
  headers: {},
  ringTimeout: ms(10_000),
  ...over,
});
