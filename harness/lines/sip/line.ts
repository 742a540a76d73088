import {
  networkOf,
  rateOf,
  type Chunks,
  type DtmfKey,
  type Ending,
  type Incoming,
  type Leg,
  type Line,
  type LineFormat,
  type Notice,
  type Playing,
  type TransferOutcome,
} from '../../model/line.ts';
import { hashSeed } from '../../model/seed.ts';
import { ms, type Ms } from '../../model/time.ts';
import type { Remote } from '../../rtp/mail.ts';
import { emptyLeg } from '../../rtp/leg-from.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';
import type { Ringing } from '../../sip/answer.ts';
import type { CallOver, SipCall } from '../../sip/call.ts';
import type { AgreedMedia } from '../../sip/description.ts';
import type { Along } from '../../sip/refer-to.ts';
import type { Referred } from '../../sip/referred.ts';
import { mustReadUri } from '../../sip/uri.ts';
import { followReferral, type Party } from './party.ts';
import { adviceOn, watchMedia } from './watch.ts';

/** What both sides settled on, and where the other one was told to send to. */
export interface Settled {
  readonly agreed: AgreedMedia;
  readonly told: Remote;
}

/** A call over SIP and RTP: the signalling of one SipCall and the media of one MediaLeg, with one ending. */
export class SipLine implements Line {
  readonly format: LineFormat;
  readonly ended: Promise<Ending>;
  readonly #party: Party;
  readonly #call: SipCall;
  readonly #media: MediaLeg;
  readonly #settled = Promise.withResolvers<Ending>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #over = new AbortController();
  #leg: Leg | undefined;
  #held: boolean;
  readonly #told: Remote;
  #transferred = false;

  /** Media flows at once. */
  constructor(party: Party, call: SipCall, media: MediaLeg, { agreed, told }: Settled) {
    const { ctx } = party;
    const seed = hashSeed(ctx.seed, party.role);
    this.#party = party;
    this.#call = call;
    this.#media = media;
    this.#held = agreed.held;
    this.#told = told;
    const { codec, payloadType, keys, accepts } = agreed;
    const rate = rateOf(ctx.phone);
    this.format = { codec, rate, ptime: ms(20), timing: 'exact' };
    this.ended = this.#settled.promise;
    media.start(
      {
        codec,
        payloadType,
        rate,
        keys,
        accepts,
        seed,
        ...(ctx.bed && { bed: ctx.bed }),
        ...(ctx.sender && { sender: ctx.sender }),
      },
      { host: agreed.host, port: agreed.port },
      { impairment: { ...networkOf(ctx.phone), seed: ctx.seed }, srtp: agreed.srtp },
    );
    call.onRefer = (referred) => this.#refer(referred);
    void call.over.then((over) => this.#signallingOver(over));
    this.#obey(ctx.signal);
    void this.#watch();
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

  async transfer(to: string, context?: string, replacing?: Line): Promise<TransferOutcome> {
    mustReadUri(to);
    if (replacing) return this.#transferInPlace(to, context, ofOurs(replacing));
    return this.#referTo(to, { context, replaces: undefined });
  }

  /** Resolves after `ended`, when the other side knows too or is not going to. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  async hangUp(): Promise<void> {
    await this.#end('us', this.#transferred ? 'transferred' : 'hung-up', 'we hung up');
  }

  async #referTo(to: string, along: Along): Promise<TransferOutcome> {
    const outcome = await this.#call.refer(to, along);
    this.#transferred ||= outcome.accepted;
    return outcome;
  }

  async #transferInPlace(to: string, context: string | undefined, replacing: SipLine): Promise<TransferOutcome> {
    const replaces = replacing.#call.replaces;
    if (replaces === undefined) return { accepted: false, status: 481, detail: 'the call to be replaced was over' };
    // Its far end hangs it up before we hear how the transfer went.
    replacing.#transferred = true;
    const outcome = await this.#referTo(to, { context, replaces });
    replacing.#transferred = outcome.accepted;
    return outcome;
  }

  /** Whether it is this line's place that `ringing` asks to take. */
  isReplacedBy(ringing: Ringing): boolean {
    return ringing.replaces(this.#call);
  }

  /** Another call has taken its place (RFC 3891 3). */
  async giveWay(): Promise<void> {
    this.#transferred = true;
    await this.#end('us', 'transferred', 'another call took its place');
  }

  /** The transport closes: neither side hung up. */
  async drop(): Promise<void> {
    await this.#end('line', 'aborted', 'the SIP line was closed');
  }

  leg(): Leg {
    return this.#leg ?? emptyLeg(this.format);
  }

  /** A re-INVITE settled the media anew (RFC 3264 8). */
  renegotiated(agreed: AgreedMedia): void {
    const { host, port } = agreed;
    if (host !== '0.0.0.0') this.#media.setRemote({ host, port });
    if (agreed.held === this.#held) return;
    this.#held = agreed.held;
    this.#notify({ kind: agreed.held ? 'hold' : 'resume' });
  }

  #obey(signal: AbortSignal): void {
    const abort = (): void => void this.#end('us', 'aborted', 'the call was aborted');
    signal.addEventListener('abort', abort, { once: true });
    this.#over.signal.addEventListener('abort', () => signal.removeEventListener('abort', abort), { once: true });
    if (signal.aborted) abort();
  }

  async #watch(): Promise<void> {
    const { clock } = this.#party.ctx;
    // Until the caller has our 200 it cannot send anything.
    await Promise.race([this.#call.confirmed, this.#call.over]);
    const silence = await watchMedia({
      clock,
      leg: this.#media,
      advice: adviceOn(this.#told),
      over: this.#over.signal,
      held: () => this.#held,
    });
    if (silence) await this.#end('line', silence.reason, silence.detail);
  }

  #signallingOver({ by, detail }: CallOver): void {
    if (by === 'us') return;
    const reason = this.#transferred ? 'transferred' : 'hung-up';
    if (by === 'them') void this.#end('them', reason, 'the other side hung up');
    else void this.#end('line', 'media-lost', detail);
  }

  /** The first to call it decides how the line ended. */
  async #end(by: Ending['by'], reason: Ending['reason'], detail: string): Promise<void> {
    if (!this.#over.signal.aborted) {
      const at = this.#party.ctx.clock.now();
      this.#over.abort();
      void this.#call.bye().then(() => this.#gone.resolve());
      this.#leg = await this.#media.stop();
      this.#settled.resolve({ by, reason, at, detail });
    }
    await Promise.all([this.ended, this.#gone.promise]);
  }

  #notify(notice: Notice): void {
    this.#media.notify(notice, this.#party.ctx.clock.now());
  }

  async #follow(referred: Referred, to: string): Promise<Line> {
    const line = await followReferral(referred, to, this.#party);
    this.#transferred = true;
    await referred.report(200, 'OK');
    return line;
  }

  #refer(referred: Referred): void {
    const { to, context } = referred;
    if (to === undefined) return referred.refuse();
    let following: Promise<Line> | undefined;
    const follow = (): Promise<Line> => (following ??= this.#follow(referred, to));
    this.#notify({ kind: 'refer', to, follow, ...(context !== undefined && { context }) });
  }
}

function ofOurs(line: Line): SipLine {
  if (line instanceof SipLine) return line;
  throw new Error('a SIP call can only take the place of another SIP call');
}
