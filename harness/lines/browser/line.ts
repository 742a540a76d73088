import { within } from '../../clock/within.ts';
import type {
  Chunks,
  DtmfKey,
  Ending,
  Incoming,
  Leg,
  Line,
  LineFormat,
  Playing,
  TransferOutcome,
} from '../../model/line.ts';
import { ms, type Clock } from '../../model/time.ts';
import { emptyLeg } from '../../rtp/leg-from.ts';
import type { PulledLeg } from '../../rtp/pulled-leg.ts';
import { watchMedia } from '../sip/watch.ts';
import type { Sight } from './mail.ts';
import { END_WORDS } from './recipe.ts';
import type { Visit } from './visit.ts';

/** How long the page may take to hang up by itself. */
const GOODBYE_LIMIT = ms(1_500);

/** A page's call as a line. */
export class BrowserLine implements Line {
  readonly format: LineFormat;
  readonly ended: Promise<Ending>;
  readonly #visit: Visit;
  readonly #media: PulledLeg;
  readonly #clock: Clock;
  readonly #settled = Promise.withResolvers<Ending>();
  readonly #over = new AbortController();
  #leg: Leg | undefined;

  /** The call stands. */
  constructor(visit: Visit, media: PulledLeg, clock: Clock, signal: AbortSignal) {
    this.#visit = visit;
    this.#media = media;
    this.#clock = clock;
    this.format = media.format;
    this.ended = this.#settled.promise;
    media.begin();
    media.onKey = (key) => void visit.order('key', key);
    visit.onSight = (sight) => this.#see(sight);
    visit.onTrouble = (text) => this.#note(text);
    visit.onGone = () => void this.#end('line', 'media-lost', 'the page is gone: it crashed or was closed');
    const abort = (): void => void this.#end('us', 'aborted', 'the call was aborted');
    signal.addEventListener('abort', abort, { once: true, signal: this.#over.signal });
    if (signal.aborted) abort();
    void this.#watch();
  }

  get incoming(): AsyncIterable<Incoming> {
    return this.#media.incoming;
  }

  play(chunks: Chunks, startAt?: Parameters<Line['play']>[1]): Playing {
    return this.#media.play(chunks, startAt);
  }

  sendKey(key: DtmfKey): void {
    this.#media.sendKey(key);
  }

  transfer(): Promise<TransferOutcome> {
    return Promise.resolve({ accepted: false, status: 501, detail: 'a page cannot be asked to call somebody else' });
  }

  async hangUp(): Promise<void> {
    await this.#end('us', 'hung-up', 'we hung up');
  }

  /** The transport closes: neither side hung up. */
  async drop(): Promise<void> {
    await this.#end('line', 'aborted', 'the browser line was closed');
  }

  leg(): Leg {
    return this.#leg ?? emptyLeg(this.format);
  }

  #note(text: string): void {
    this.#media.notify({ kind: 'progress', status: 0, text });
  }

  #see(sight: Sight): void {
    if (sight.what === 'said') {
      const { label, text } = sight;
      this.#media.deliver({ kind: 'message', label, text, arrivedAt: this.#clock.now() });
    } else if (sight.what === 'state' && sight.state === 'failed') {
      void this.#end('line', 'media-lost', "the page's connection was lost");
    } else if ((sight.what === 'state' && sight.state === 'closed') || sight.what === 'channel-closed') {
      void this.#end('them', 'hung-up', 'the other side hung up');
    }
  }

  async #watch(): Promise<void> {
    const advice = 'the page is connected, but nothing of the agent is heard on it';
    const silence = await watchMedia({
      clock: this.#clock,
      leg: this.#media,
      advice,
      over: this.#over.signal,
      held: () => false,
    });
    if (silence) await this.#end('line', silence.reason, silence.detail);
  }

  /** The first to call it decides how the line ended. */
  async #end(by: Ending['by'], reason: Ending['reason'], detail: string): Promise<void> {
    if (!this.#over.signal.aborted) {
      const at = this.#clock.now();
      this.#over.abort();
      const stats = await within(this.#clock, GOODBYE_LIMIT, this.#visit.stats());
      if (stats !== undefined) this.#note(stats);
      this.#leg = this.#media.stop();
      this.#settled.resolve({ by, reason, at, detail });
      await within(this.#clock, GOODBYE_LIMIT, this.#goodbye());
      await this.#visit.close();
    }
    await this.ended;
  }

  async #goodbye(): Promise<void> {
    const button = this.#visit.page.getByRole('button', { name: END_WORDS }).filter({ visible: true }).first();
    if ((await button.count()) > 0) await button.click({ timeout: GOODBYE_LIMIT / 2 }).catch(() => undefined);
    await this.#visit.order('close');
  }
}
