import {
  networkOf,
  rateOf,
  type AnswerContext,
  type Chunks,
  type DtmfKey,
  type Ending,
  type Incoming,
  type Leg,
  type Line,
  type LineFormat,
  type Playing,
  type TransferOutcome,
} from '../../model/line.ts';
import { within } from '../../clock/within.ts';
import { hashSeed } from '../../model/seed.ts';
import { ms, type Ms } from '../../model/time.ts';
import { emptyLeg } from '../../rtp/leg-from.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';
import type { AgreedAudio } from '../../webrtc/audio.ts';
import type { Peer } from '../../webrtc/peer.ts';
import { watchMedia } from '../sip/watch.ts';
import { mustReadTarget } from './address.ts';
import { ourMessage, Referrals, type ReferMessage } from './referral.ts';
import { statusFor } from './refusal.ts';

/** How long the other side may take to say how a transfer went: ringing there, and a little more. */
const REFERRAL_LIMIT = ms(40_000);

/** How long the other side may take to hear that we hung up. */
const GOODBYE_LIMIT = ms(2_000);

/** A sign of life of SmallWebRTC's callers: no message. */
const PING = /^ping: \d+$/;

/** What one end of a call brings to it. */
export interface Party {
  readonly role: 'caller' | 'callee';
  readonly ctx: AnswerContext;
  /** What both sides call this call; undefined where the protocol has no name for it. */
  readonly id: string | undefined;
  /** Calls where it was asked to. Rejects with DialFailed. */
  call(refer: ReferMessage, ctx: AnswerContext): Promise<Line>;
  /** Tells the other side by the signalling that we hang up. */
  hangUp(): Promise<void>;
  /** What to say on the data channel every second, for protocols that want to be told that we live. */
  ping?: ((count: number) => string) | undefined;
}

/** A peer connection as a line: its audio, its data channel, and one ending. */
export class WebRtcLine implements Line {
  readonly format: LineFormat;
  readonly ended: Promise<Ending>;
  readonly #party: Party;
  readonly #peer: Peer;
  readonly #media: MediaLeg;
  readonly #settled = Promise.withResolvers<Ending>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #over = new AbortController();
  readonly #referrals = new Referrals();
  #leg: Leg | undefined;
  #transferred = false;

  /** Media flows at once. */
  constructor(party: Party, peer: Peer, media: MediaLeg, agreed: AgreedAudio) {
    const { ctx } = party;
    const seed = hashSeed(ctx.seed, party.role);
    const rate = rateOf(ctx.phone);
    this.#party = party;
    this.#peer = peer;
    this.#media = media;
    this.format = { codec: agreed.codec, rate, ptime: ms(20), timing: 'exact' };
    this.ended = this.#settled.promise;
    media.start(
      { ...agreed, rate, seed, ...(ctx.bed && { bed: ctx.bed }), ...(ctx.sender && { sender: ctx.sender }) },
      { host: '', port: 0 },
      { impairment: { ...networkOf(ctx.phone), seed: ctx.seed } },
    );
    peer.onSaid = (text, label) => this.#hear(text, label);
    void peer.over.then(({ by, detail }) => this.#peerOver(by, detail));
    this.#obey(ctx.signal);
    void this.#watch();
    if (party.ping) void this.#keepAlive(party.ping);
  }

  get incoming(): AsyncIterable<Incoming> {
    return this.#media.incoming;
  }

  play(chunks: Chunks, startAt?: Ms): Playing {
    return this.#media.play(chunks, startAt);
  }

  sendKey(key: DtmfKey): void {
    this.#media.sendKey(key);
  }

  sendMessage(text: string): void {
    if (!this.#over.signal.aborted) this.#peer.say(text);
  }

  async transfer(to: string, context?: string, replacing?: Line): Promise<TransferOutcome> {
    mustReadTarget(to);
    const about = { to, ...(context !== undefined && { context }) };
    if (!replacing) return this.#refer(about);
    if (!(replacing instanceof WebRtcLine)) throw new Error('a WebRTC call can only take the place of another one');
    const replaces = replacing.#party.id;
    if (replacing.#over.signal.aborted || replaces === undefined) {
      return { accepted: false, status: 481, detail: 'the call to be replaced was over' };
    }
    // Its far end hangs it up before we hear how the transfer went.
    replacing.#transferred = true;
    const outcome = await this.#refer({ ...about, replaces });
    replacing.#transferred = outcome.accepted;
    return outcome;
  }

  /** Whether it came in as the call `id`. */
  cameInAs(id: string): boolean {
    return this.#party.role === 'callee' && this.#party.id === id;
  }

  /** Resolves after `ended`, when the other side knows too or is not going to. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  async hangUp(): Promise<void> {
    await this.#end('us', this.#transferred ? 'transferred' : 'hung-up', 'we hung up');
  }

  /** The other side ended it by its signalling. */
  hungUp(): void {
    this.#peerOver('them', 'the other side hung up');
  }

  /** Another call has taken its place. */
  async giveWay(): Promise<void> {
    this.#transferred = true;
    await this.#end('us', 'transferred', 'another call took its place');
  }

  /** The transport closes: neither side hung up. */
  async drop(): Promise<void> {
    await this.#end('line', 'aborted', 'the WebRTC line was closed');
  }

  leg(): Leg {
    return this.#leg ?? emptyLeg(this.format);
  }

  async #refer(about: Omit<ReferMessage, 'type' | 'id'>): Promise<TransferOutcome> {
    const asked = this.#referrals.ask(about, (text) => this.sendMessage(text));
    if (this.#over.signal.aborted) this.#referrals.abandon();
    const outcome = await within(this.#party.ctx.clock, REFERRAL_LIMIT, asked);
    this.#transferred ||= outcome?.accepted ?? false;
    return outcome ?? { accepted: false, status: 408, detail: 'the other side never said how the transfer went' };
  }

  #hear(text: string, label: string): void {
    const ours = ourMessage(text);
    if (ours?.type === 'hangup-refer') return this.#referred(ours);
    if (ours) return this.#referrals.settle(ours);
    if (PING.test(text)) return;
    this.#media.deliver({ kind: 'message', label, text, arrivedAt: this.#party.ctx.clock.now() });
  }

  #referred(refer: ReferMessage): void {
    let following: Promise<Line> | undefined;
    const follow = (): Promise<Line> => (following ??= this.#follow(refer));
    const { to, context } = refer;
    this.#media.notify(
      { kind: 'refer', to, follow, ...(context !== undefined && { context }) },
      this.#party.ctx.clock.now(),
    );
  }

  async #follow(refer: ReferMessage): Promise<Line> {
    const { ctx } = this.#party;
    const report = (status: number, detail: string): void =>
      this.sendMessage(JSON.stringify({ type: 'hangup-refer-outcome', id: refer.id, status, detail }));
    try {
      const line = await this.#party.call(refer, { ...ctx, seed: hashSeed(ctx.seed, 'follow', refer.to) });
      this.#transferred = true;
      report(200, 'OK');
      return line;
    } catch (error) {
      report(statusFor(error), error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  #obey(signal: AbortSignal): void {
    const abort = (): void => void this.#end('us', 'aborted', 'the call was aborted');
    signal.addEventListener('abort', abort, { once: true });
    this.#over.signal.addEventListener('abort', () => signal.removeEventListener('abort', abort), { once: true });
    if (signal.aborted) abort();
  }

  async #watch(): Promise<void> {
    const silence = await watchMedia({
      clock: this.#party.ctx.clock,
      leg: this.#media,
      advice: 'the connection stands, but the other side sends nothing on it',
      over: this.#over.signal,
      held: () => false,
    });
    if (silence) await this.#end('line', silence.reason, silence.detail);
  }

  async #keepAlive(ping: (count: number) => string): Promise<void> {
    const { clock } = this.#party.ctx;
    for (let count = 1; !this.#over.signal.aborted; count++) {
      this.sendMessage(ping(count));
      await clock.sleepUntil(ms(clock.now() + 1_000), this.#over.signal);
    }
  }

  #peerOver(by: 'them' | 'line', detail: string): void {
    const reason = this.#transferred ? 'transferred' : 'hung-up';
    void this.#end(by, by === 'them' ? reason : 'media-lost', detail);
  }

  /** The first to call it decides how the line ended. */
  async #end(by: Ending['by'], reason: Ending['reason'], detail: string): Promise<void> {
    if (!this.#over.signal.aborted) {
      const { clock } = this.#party.ctx;
      const at = clock.now();
      this.#over.abort();
      this.#referrals.abandon();
      const told = by === 'them' ? Promise.resolve() : this.#party.hangUp().catch(() => undefined);
      void within(clock, GOODBYE_LIMIT, told).then(() => this.#gone.resolve());
      this.#leg = await this.#media.stop();
      this.#settled.resolve({ by, reason, at, detail });
    }
    await Promise.all([this.ended, this.#gone.promise]);
  }
}
