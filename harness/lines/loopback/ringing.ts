import type { AnswerContext, IncomingCall, Line, CallContext } from '../../model/line.ts';
import { after, ms } from '../../model/time.ts';
import { dialFailed, type Refusal, REFUSED, unanswered } from './refusal.ts';

/** How long a call rings unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/** How a ringing call was settled. */
export type Settled = { readonly line: Line } | { readonly refusal: Refusal };

/** Both ends of an answered call. */
export interface Connected {
  readonly caller: Line;
  readonly callee: Line;
}

/** What a call says of itself while it rings. */
export type Invitation = Pick<IncomingCall, 'from' | 'to' | 'headers' | 'context' | 'referredBy' | 'replaces'>;

/** A call between `dial` and its answer. Settled exactly once: answered, refused, given up or timed out. */
export class Ringing {
  readonly #ctx: CallContext;
  readonly #connect: (callee: AnswerContext) => Connected;
  readonly #settled = Promise.withResolvers<Settled>();
  readonly #over = new AbortController();

  constructor(ctx: CallContext, connect: (callee: AnswerContext) => Connected) {
    this.#ctx = ctx;
    this.#connect = connect;
  }

  /** Rings at `onCall` until it is settled. */
  async at(onCall: (call: IncomingCall) => void, invitation: Invitation): Promise<Settled> {
    const giveUp = (): void => this.#settle({ refusal: REFUSED.aborted });
    this.#ctx.signal.addEventListener('abort', giveUp, { once: true });
    void this.#timeOut();
    try {
      onCall({
        ...invitation,
        over: this.#over.signal,
        accept: (callee) => this.#accept(callee),
        reject: (status) => this.#reject(status),
      });
      return await this.#settled.promise;
    } finally {
      this.#over.abort();
      this.#ctx.signal.removeEventListener('abort', giveUp);
    }
  }

  async #accept(callee: AnswerContext): Promise<Line> {
    if (this.#over.signal.aborted) {
      throw dialFailed(
        { ...REFUSED.aborted, by: 'them', detail: 'the call was over before it was answered' },
        callee.clock.now(),
      );
    }
    const ends = this.#connect(callee);
    this.#settle({ line: ends.caller });
    return ends.callee;
  }

  async #reject(status: 480 | 486 | 603): Promise<void> {
    this.#settle({ refusal: REFUSED[status] });
  }

  async #timeOut(): Promise<void> {
    const { clock, ringTimeout = RING_TIMEOUT } = this.#ctx;
    await clock.sleepUntil(after(clock.now(), ringTimeout), this.#over.signal);
    this.#settle({ refusal: unanswered(ringTimeout) });
  }

  #settle(settled: Settled): void {
    this.#over.abort();
    this.#settled.resolve(settled);
  }
}
