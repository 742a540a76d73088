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

/** What happened at the far side of the stack. */
export type Sign =
  | { readonly what: 'state'; readonly state: string }
  | { readonly what: 'channel-closed' }
  | { readonly what: 'said'; readonly label: string; readonly text: string };

/** Somebody else's WebRTC stack with a call that stands. */
export interface Stack {
  /** Presses a key; nothing where the stack has no way to. */
  key(key: DtmfKey): void;
  /** Says a text on the data channel; missing where there is none of ours. */
  say?(text: string): void;
  /** What it counted of the audio it received, in a sentence. */
  stats(): Promise<string | undefined>;
  /** Hangs up as it would by itself. */
  goodbye(): Promise<void>;
  /** Lets go of all it holds. */
  close(): Promise<void>;
  onSign: (sign: Sign) => void;
  /** Told in a sentence of what went wrong. */
  onTrouble: (sentence: string) => void;
  /** It is gone, by no order of ours; told why in a sentence. */
  onGone: (sentence: string) => void;
}

/** How long the stack may take to hang up by itself. */
const GOODBYE_LIMIT = ms(1_500);

/** A call of somebody else's stack as a line. */
export class PulledLine implements Line {
  readonly format: LineFormat;
  readonly ended: Promise<Ending>;
  readonly #stack: Stack;
  readonly #media: PulledLeg;
  readonly #clock: Clock;
  readonly #settled = Promise.withResolvers<Ending>();
  readonly #over = new AbortController();
  #leg: Leg | undefined;

  /** The call stands. */
  constructor(stack: Stack, media: PulledLeg, clock: Clock, signal: AbortSignal) {
    this.#stack = stack;
    this.#media = media;
    this.#clock = clock;
    this.format = media.format;
    this.ended = this.#settled.promise;
    media.begin();
    media.onKey = (key) => stack.key(key);
    stack.onSign = (sign) => this.#see(sign);
    stack.onTrouble = (text) => this.#note(text);
    stack.onGone = (sentence) => void this.#end('line', 'media-lost', sentence);
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

  sendMessage(text: string): void {
    if (!this.#over.signal.aborted) this.#stack.say?.(text);
  }

  transfer(): Promise<TransferOutcome> {
    return Promise.resolve({
      accepted: false,
      status: 501,
      detail: 'this line cannot ask the other side to call somebody else',
    });
  }

  async hangUp(): Promise<void> {
    await this.#end('us', 'hung-up', 'we hung up');
  }

  /** The transport closes: neither side hung up. */
  async drop(): Promise<void> {
    await this.#end('line', 'aborted', 'the line was closed');
  }

  leg(): Leg {
    return this.#leg ?? emptyLeg(this.format);
  }

  #note(text: string): void {
    this.#media.notify({ kind: 'progress', status: 0, text });
  }

  #see(sign: Sign): void {
    if (sign.what === 'said') {
      const { label, text } = sign;
      this.#media.deliver({ kind: 'message', label, text, arrivedAt: this.#clock.now() });
    } else if (sign.what === 'state' && sign.state === 'failed') {
      void this.#end('line', 'media-lost', 'the connection was lost');
    } else if ((sign.what === 'state' && sign.state === 'closed') || sign.what === 'channel-closed') {
      void this.#end('them', 'hung-up', 'the other side hung up');
    }
  }

  async #watch(): Promise<void> {
    const advice = 'the connection stands, but nothing of the agent is heard on it';
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
      const stats = await within(this.#clock, GOODBYE_LIMIT, this.#stack.stats());
      if (stats !== undefined) this.#note(stats);
      this.#leg = this.#media.stop();
      this.#settled.resolve({ by, reason, at, detail });
      await within(this.#clock, GOODBYE_LIMIT, this.#stack.goodbye());
      await this.#stack.close();
    }
    await this.ended;
  }
}
