import { within } from '../../clock/within.ts';
import { CallFault, UsageError } from '../../model/errors.ts';
import {
  DialFailed,
  rateOf,
  type CallContext,
  type IncomingCall,
  type Line,
  type Listening,
  type Presence,
  type Target,
  type Transport,
} from '../../model/line.ts';
import { hashSeed } from '../../model/seed.ts';
import { ms, type Clock } from '../../model/time.ts';
import { PulledLeg } from '../../rtp/pulled-leg.ts';
import { PulledLine } from '../pulled/line.ts';
import { mustBeUnimpaired } from '../pulled/unimpaired.ts';
import { mustReadTarget } from '../webrtc/address.ts';
import { headersOf } from '../webrtc/headers.ts';
import { PROTOCOLS } from '../webrtc/protocols.ts';
import { dialFailed } from '../webrtc/refusal.ts';
import { WebRtcTransport } from '../webrtc/transport.ts';
import { Browserlike } from './stack.ts';

/** How long an answer may take unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/** Calls of node-webrtc, each in a process of its own. Who is called, as desks are, listens by the exact WebRTC line. */
export class BrowserlikeTransport implements Transport {
  readonly name = 'webrtc-browserlike';
  readonly time = 'real';
  readonly #zeroNs: bigint;
  readonly #clock: Clock;
  readonly #lines = new Set<PulledLine>();
  #listening: Promise<WebRtcTransport> | undefined;

  /** Throws UsageError for a clock that other processes cannot share. */
  constructor(clock: Clock) {
    if (!('zeroNs' in clock) || typeof clock.zeroNs !== 'bigint') {
      throw new UsageError('the webrtc-browserlike line runs in real time only');
    }
    this.#clock = clock;
    this.#zeroNs = clock.zeroNs;
  }

  async dial(target: Target, ctx: CallContext): Promise<Line> {
    const { scheme, url } = mustReadTarget(target.address.replace(/^webrtc-browserlike\+/i, 'webrtc+'));
    mustBeUnimpaired(ctx.phone, this.name);
    const limit = ctx.ringTimeout ?? RING_TIMEOUT;
    const leg = new PulledLeg({
      codec: 'opus',
      rate: rateOf(ctx.phone),
      seed: hashSeed(ctx.seed, 'caller'),
      bed: ctx.bed,
      now: () => ctx.clock.now(),
    });
    const stack = new Browserlike(leg);
    const givenUp = new AbortController();
    const signal = AbortSignal.any([ctx.signal, givenUp.signal]);
    try {
      const line = await within(
        ctx.clock,
        limit,
        this.#placed(stack, leg, { scheme, url }, target, { ...ctx, signal }),
      );
      if (line) return line;
      const detail = `no answer to the offer within ${limit / 1000} s`;
      throw new DialFailed({ by: 'them', reason: 'no-answer', at: ctx.clock.now(), detail });
    } catch (error) {
      givenUp.abort();
      await stack.goodbye();
      await stack.close();
      if (!ctx.signal.aborted) throw dialFailed(error, url, ctx.clock.now());
      const detail = 'the call was aborted before it was answered';
      throw new DialFailed({ by: 'us', reason: 'aborted', at: ctx.clock.now(), detail });
    }
  }

  async #placed(
    stack: Browserlike,
    leg: PulledLeg,
    { scheme, url }: ReturnType<typeof mustReadTarget>,
    target: Target,
    ctx: CallContext,
  ): Promise<PulledLine> {
    const { calling } = PROTOCOLS[scheme];
    const { iceServers = [], ca, token } = target;
    const rate = rateOf(ctx.phone);
    const offer = await stack.offer({ channel: calling.channel, iceServers, rate, zeroNs: this.#zeroNs });
    const headers = headersOf(target, ctx);
    stack.placed = await calling.place({ url, offer, headers, ca, token, signal: ctx.signal });
    // Answered as it was given up: nobody else would hang up.
    if (ctx.signal.aborted) await stack.goodbye();
    await stack.settle(stack.placed.answer);
    if (ctx.signal.aborted) throw new CallFault('aborted');
    const line = new PulledLine(stack, leg, ctx.clock, ctx.signal);
    this.#lines.add(line);
    void line.ended.then(() => this.#lines.delete(line));
    return line;
  }

  /** Answers by the exact WebRTC line. */
  async listen(address: string, onCall: (call: IncomingCall) => void, presence?: Presence): Promise<Listening> {
    this.#listening ??= WebRtcTransport.open(this.#clock);
    return (await this.#listening).listen(address, onCall, presence);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines].map((line) => line.drop()));
    await (await this.#listening)?.close();
  }
}
