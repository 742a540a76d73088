import type { Browser, BrowserContext } from 'playwright';
import {
  rateOf,
  type CallContext,
  type IncomingCall,
  type Line,
  type Listening,
  type Presence,
  type Target,
  type Transport,
} from '../../model/line.ts';
import { after, ms, type Clock } from '../../model/time.ts';
import { hashSeed } from '../../model/seed.ts';
import { PulledLeg } from '../../rtp/pulled-leg.ts';
import { WebRtcTransport } from '../webrtc/transport.ts';
import { mustReadAddress } from './address.ts';
import { callFrom, failed } from './calling.ts';
import { startChromium } from './chromium.ts';
import { PulledLine } from '../pulled/line.ts';
import { mustBeUnimpaired } from '../pulled/unimpaired.ts';
import { Visit } from './visit.ts';

/** How long a page's call may take to stand unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/** Calls from pages: one Chromium, a context of its own for each call. Who is called, as desks are, listens by WebRTC. */
export class BrowserTransport implements Transport {
  readonly name = 'browser';
  readonly time = 'real';
  readonly #clock: Clock;
  readonly #browser: Browser;
  readonly #lines = new Set<PulledLine>();
  #listening: Promise<WebRtcTransport> | undefined;

  private constructor(clock: Clock, browser: Browser) {
    this.#clock = clock;
    this.#browser = browser;
  }

  /** Starts Chromium. Throws UsageError when there is none. */
  static async open(clock: Clock): Promise<BrowserTransport> {
    return new BrowserTransport(clock, await startChromium());
  }

  async dial(target: Target, ctx: CallContext): Promise<Line> {
    const address = mustReadAddress(target.address);
    mustBeUnimpaired(ctx.phone, this.name);
    const leg = new PulledLeg({
      codec: 'opus',
      rate: rateOf(ctx.phone),
      seed: hashSeed(ctx.seed, 'caller'),
      bed: ctx.bed,
      now: () => ctx.clock.now(),
    });
    const context = await this.#browser.newContext({ bypassCSP: true });
    await tellItsServer(context, address.url, { ...target.headers, ...ctx.headers });
    await context.grantPermissions(['microphone']).catch(() => undefined);
    const visit = await Visit.open(context, leg, ctx.clock);
    const limit = ctx.ringTimeout ?? RING_TIMEOUT;
    const late = new AbortController();
    void ctx.clock.sleepUntil(after(ctx.clock.now(), limit), late.signal).then(() => late.abort());
    const troubles: string[] = [];
    visit.onTrouble = (sentence) => troubles.push(sentence);
    try {
      const signal = AbortSignal.any([ctx.signal, late.signal]);
      await callFrom({ visit, address, clock: ctx.clock, signal, limitMs: limit });
      const line = new PulledLine(visit, leg, ctx.clock, ctx.signal);
      for (const sentence of troubles) visit.onTrouble(sentence);
      this.#lines.add(line);
      void line.ended.then(() => this.#lines.delete(line));
      return line;
    } catch (error) {
      await visit.close();
      if (ctx.signal.aborted) throw failed(ctx.clock, 'us', 'aborted', 'the call was aborted before it was answered');
      throw error;
    } finally {
      late.abort();
    }
  }

  /** Nobody can call a page: what is listened at is a WebRTC address. */
  async listen(address: string, onCall: (call: IncomingCall) => void, presence?: Presence): Promise<Listening> {
    this.#listening ??= WebRtcTransport.open(this.#clock);
    return (await this.#listening).listen(address, onCall, presence);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines].map((line) => line.drop()));
    await this.#browser.close();
    await (await this.#listening)?.close();
  }
}

/** Sends `headers` along to the server of `page` alone: whatever else the page loads is none of its business. */
async function tellItsServer(
  context: BrowserContext,
  { origin }: URL,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (Object.keys(headers).length === 0) return;
  await context.route(
    ({ origin: asked }) => asked === origin,
    async (route) => route.fallback({ headers: { ...route.request().headers(), ...headers } }),
  );
}
