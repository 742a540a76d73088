import type { BrowserContext, Page } from 'playwright';
import { ms, type Clock, type Ms } from '../../model/time.ts';
import type { PulledLeg } from '../../rtp/pulled-leg.ts';
import { inPage } from './in-page.ts';
import type { Sign, Stack } from '../pulled/line.ts';
import type { FromPage, PagePull, Sight, ToPage } from './mail.ts';
import { PageClock } from './page-clock.ts';
import { END_WORDS } from './recipe.ts';
import { WORKLET } from './worklet.ts';

/** How long the page's own button to hang up may take to be pressed. */
const BUTTON_LIMIT = ms(700);

/** The page of one call: its audio by `leg`, what it does by `onSign` and `onTrouble`. */
export class Visit implements Stack {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #leg: PulledLeg;
  readonly #clock: Clock;
  readonly #pageClock = new PageClock();
  readonly #seen: Sight[] = [];
  readonly #waiting = new Set<() => void>();
  onSign: (sign: Sign) => void = () => undefined;
  onTrouble: (sentence: string) => void = () => undefined;
  onGone: (sentence: string) => void = () => undefined;

  private constructor(page: Page, context: BrowserContext, leg: PulledLeg, clock: Clock) {
    this.page = page;
    this.#context = context;
    this.#leg = leg;
    this.#clock = clock;
  }

  /** An empty page in `context` that will call with the voice of `leg`. */
  static async open(context: BrowserContext, leg: PulledLeg, clock: Clock): Promise<Visit> {
    const page = await context.newPage();
    const visit = new Visit(page, context, leg, clock);
    const { rate, ptime } = leg.format;
    await context.exposeBinding('hangupLine', (_source, mail: FromPage) => visit.#take(mail));
    await context.addInitScript(inPage, {
      binding: 'hangupLine',
      worklet: WORKLET,
      rate,
      frame: (rate * ptime) / 1000,
    });
    page.on('console', (message) => {
      if (message.type() === 'error') visit.onTrouble(`the page's console says: ${message.text()}`);
    });
    page.on('pageerror', (error) => visit.onTrouble(`the page's script failed: ${error.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'no reason given';
      if (why !== 'net::ERR_ABORTED') visit.onTrouble(`the page's request for ${bare(request.url())} failed (${why})`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400)
        visit.onTrouble(`the page was answered ${response.status()} by ${bare(response.url())}`);
    });
    page.on('crash', () => visit.onGone('the page crashed'));
    page.on('close', () => visit.onGone('the page was closed'));
    return visit;
  }

  /** How far the page's clock may be off the call's. */
  get uncertainty(): Ms {
    return this.#pageClock.uncertainty;
  }

  /** The first sight that `wanted` accepts, whether it was already seen or comes; undefined once `signal` aborts. */
  async sight<T>(wanted: (sight: Sight) => T | undefined, signal: AbortSignal): Promise<T | undefined> {
    let looked = 0;
    while (!signal.aborted) {
      for (; looked < this.#seen.length; looked++) {
        const found = wanted(this.#seen[looked] as Sight);
        if (found !== undefined) return found;
      }
      await this.#more(signal);
    }
    return undefined;
  }

  key(key: string): void {
    void this.#order('key', key);
  }

  /** Presses the page's own button for it, where it has one, and closes what is still open. */
  async goodbye(): Promise<void> {
    const button = this.page.getByRole('button', { name: END_WORDS }).filter({ visible: true }).first();
    if ((await button.count()) > 0) await button.click({ timeout: BUTTON_LIMIT }).catch(() => undefined);
    await this.#order('close');
  }

  /** What the browser itself counts of the audio it received (W3C webrtc-stats), in a sentence; undefined without any. */
  async stats(): Promise<string | undefined> {
    const reports = await this.page
      .evaluate(() => (window as unknown as { hangup: { stats(): Promise<Inbound[]> } }).hangup.stats())
      .catch(() => []);
    const [inbound] = reports;
    return inbound && statsSentence(inbound);
  }

  async close(): Promise<void> {
    this.onGone = () => undefined;
    this.onTrouble = () => undefined;
    await this.#context.close().catch(() => undefined);
  }

  /** Asks the page's side to do something; it may be gone. */
  async #order(what: 'key' | 'close', word = ''): Promise<void> {
    await this.page
      .evaluate(
        ([name, arg]) => (window as unknown as { hangup: Record<string, (arg: string) => void> }).hangup[name]?.(arg),
        [what, word] as const,
      )
      .catch(() => undefined);
  }

  #take(mail: FromPage): ToPage | undefined {
    if (mail.kind === 'pull') return this.#pull(mail);
    this.#seen.push(mail.sight);
    if (isSign(mail.sight)) this.onSign(mail.sight);
    for (const wake of this.#waiting) wake();
    return undefined;
  }

  #pull({ position, at, missed, stale, heard, last }: PagePull): ToPage {
    const lineAt = this.#clock.now();
    this.#pageClock.note(last);
    const samples = heard === undefined ? undefined : samplesIn(heard);
    const supply = this.#leg.pull({
      position,
      at: ms(Math.min(lineAt, this.#pageClock.at(at) ?? lineAt)),
      missed,
      stale,
      heard: samples && { from: position - samples.length, samples },
    });
    return { from: supply.from, samples: textOf(supply.samples), lineAt };
  }

  #more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

const isSign = (sight: Sight): sight is Extract<Sight, Sign> =>
  sight.what === 'state' || sight.what === 'said' || sight.what === 'channel-closed';

interface Inbound {
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitterBufferDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly concealedSamples?: number;
  readonly totalSamplesReceived?: number;
}

function statsSentence(inbound: Inbound): string {
  const { packetsReceived = 0, packetsLost = 0, jitterBufferDelay = 0, jitterBufferEmittedCount = 0 } = inbound;
  const { concealedSamples = 0, totalSamplesReceived = 0 } = inbound;
  const held = jitterBufferEmittedCount > 0 ? Math.round((1000 * jitterBufferDelay) / jitterBufferEmittedCount) : 0;
  const made = totalSamplesReceived > 0 ? ((100 * concealedSamples) / totalSamplesReceived).toFixed(1) : '0';
  return `the browser received ${packetsReceived} packets and lost ${packetsLost}; it held audio ${held} ms in its jitter buffer and made up ${made} % of it`;
}

/** An address without what may be secret in it. */
const bare = (url: string): string => (URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'a file');

function samplesIn(text: string): Int16Array {
  const bytes = Buffer.from(text, 'base64');
  return new Int16Array(Uint8Array.from(bytes).buffer);
}

const textOf = (samples: Int16Array): string =>
  Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
