import {
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
import { hashSeed } from '../../model/seed.ts';
import type { Ms } from '../../model/time.ts';
import { codecKind } from '../../rtp/codec.ts';
import { Handset } from '../../rtp/handset.ts';
import { legFrom } from '../../rtp/leg-from.ts';
import { RtpLeg } from '../../rtp/rtp-leg.ts';
import { impaired, type Timer, type Wire } from '../../rtp/wire.ts';
import { nameIn } from './address.ts';
import { Referral } from './referral.ts';
import { dialFailed } from './refusal.ts';
import type { Settled } from './ringing.ts';

/** What one end of a call brings to it. */
export interface Party {
  readonly ctx: AnswerContext;
  readonly address: string;
  /** Headers it passes on when it follows a transfer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Calls `to` for it, as it was asked to. */
  call(to: string, party: Party, along: Along): Promise<Settled>;
}

/** What goes along with a call. */
export interface Along {
  readonly context?: string | undefined;
  /** Who sent the caller. */
  readonly referredBy?: string;
  /** The far end of the line whose place the call is to take. */
  readonly replaces?: LoopbackLine | undefined;
}

const EVENT_PAYLOAD_TYPE = 101;

/** One end of a call inside the process. */
export class LoopbackLine implements Line {
  readonly format: LineFormat;
  readonly #party: Party;
  readonly #leg: RtpLeg;
  readonly #wire: Wire;
  readonly #handset: Handset;
  readonly #ended = Promise.withResolvers<Ending>();
  readonly #referrals = new Set<Referral>();
  #over = false;
  #transferred = false;
  #peer: LoopbackLine | undefined;

  private constructor(party: Party, codec: LineFormat['codec'], wire: Wire) {
    const { clock, seed, bed, phone, sender } = party.ctx;
    const { payloadType, clockRate } = codecKind(codec);
    this.#party = party;
    this.#leg = new RtpLeg(
      {
        codec,
        payloadType,
        rate: rateOf(phone),
        keys: { payloadType: EVENT_PAYLOAD_TYPE, clockRate },
        accepts: { codecs: { [payloadType]: codec }, events: [EVENT_PAYLOAD_TYPE] },
        seed: hashSeed(seed, party.address),
        ...(bed && { bed }),
        ...(sender && { sender }),
      },
      clock.now(),
    );
    this.format = this.#leg.format;
    const timer: Timer = { now: () => clock.now(), at: (at, work) => void this.#later(at, work) };
    this.#wire = impaired(wire, phone, seed, timer, (fate) => this.#leg.noteFate(fate));
    this.#wire.onPacket = (bytes) => {
      this.#leg.receive(bytes, clock.now());
      this.#handset.take(this.#leg.takeNews());
    };
    this.#handset = new Handset((command) => {
      this.#leg.obey(command);
      this.#handset.take(this.#leg.takeNews());
    });
  }

  /** Joins two parties by a pair of wires; media flows at once. The caller's codec holds. */
  static join(
    [caller, callee]: readonly [Party, Party],
    [near, far]: readonly [Wire, Wire],
  ): { readonly caller: LoopbackLine; readonly callee: LoopbackLine } {
    const { codec } = caller.ctx.phone;
    const ends = { caller: new LoopbackLine(caller, codec, near), callee: new LoopbackLine(callee, codec, far) };
    ends.caller.#begin(ends.callee);
    ends.callee.#begin(ends.caller);
    return ends;
  }

  get incoming(): AsyncIterable<Incoming> {
    return this.#handset.incoming;
  }

  get ended(): Promise<Ending> {
    return this.#ended.promise;
  }

  play(chunks: Chunks, startAt?: Ms): Playing {
    return this.#handset.play(chunks, startAt);
  }

  sendKey(key: DtmfKey): void {
    this.#handset.sendKey(key);
  }

  async transfer(to: string, context?: string, replacing?: Line): Promise<TransferOutcome> {
    nameIn(to);
    const replaced = replacing && ofOurs(replacing);
    const referral = new Referral();
    if (this.#over) referral.report(481, 'the call was over before the transfer');
    else if (replaced && replaced.#over) referral.report(481, 'the call to be replaced was over');
    else {
      this.#referrals.add(referral);
      void referral.expire(this.#party.ctx.clock);
      const along = { context, referredBy: this.#party.address, replaces: replaced && replaced.#peer };
      if (this.#peer) this.#peer.#refer(to, along, referral);
    }
    const outcome = await referral.outcome;
    this.#referrals.delete(referral);
    return outcome;
  }

  async hangUp(): Promise<void> {
    const reason = this.#transferred ? 'transferred' : 'hung-up';
    this.#closeBoth({ ours: reason, theirs: reason, detail: 'we hung up' });
  }

  /** Whether it can be replaced by a call to `address`: it was answered there, and stands (RFC 3891 3). */
  standsAt(address: string): boolean {
    return !this.#over && this.#party.address === address;
  }

  /** Another call has taken its place. */
  giveWay(): void {
    this.#closeBoth({ ours: 'transferred', theirs: 'transferred', detail: 'another call took its place' });
  }

  /** The switchboard closes: neither side hung up. */
  drop(): void {
    this.#close('line', 'aborted', 'the loopback line was closed');
  }

  leg(): Leg {
    return legFrom(this.#leg.books());
  }

  #begin(peer: LoopbackLine): void {
    this.#peer = peer;
    const { signal } = this.#party.ctx;
    const abort = (): void => this.#closeBoth({ ours: 'aborted', theirs: 'hung-up', detail: 'the call was aborted' });
    signal.addEventListener('abort', abort, { once: true });
    void this.ended.then(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
    void this.#pace();
  }

  async #pace(): Promise<void> {
    const { clock } = this.#party.ctx;
    for (;;) {
      await clock.sleepUntil(this.#leg.nextDue);
      if (this.#over) return;
      for (const bytes of this.#leg.tick(clock.now())) this.#wire.send(bytes);
      this.#handset.take(this.#leg.takeNews());
    }
  }

  /** Does `work` at `at`, unless the call is over by then. */
  async #later(at: Ms, work: () => void): Promise<void> {
    await this.#party.ctx.clock.sleepUntil(at);
    if (!this.#over) work();
  }

  #refer(to: string, along: Along, referral: Referral): void {
    const { context } = along;
    let following: Promise<Line> | undefined;
    const follow = (): Promise<Line> => (following ??= this.#follow(to, along, referral));
    const notice = { kind: 'refer', to, follow, ...(context !== undefined && { context }) } as const;
    this.#handset.notify(notice, this.#party.ctx.clock.now());
  }

  async #follow(to: string, along: Along, referral: Referral): Promise<Line> {
    referral.follow();
    const party = { ...this.#party, ctx: { ...this.#party.ctx, seed: hashSeed(this.#party.ctx.seed, 'follow', to) } };
    const settled = await this.#party.call(to, party, along).catch((reason: unknown) => {
      referral.report(500, 'the other side failed to call the target');
      throw reason;
    });
    if ('line' in settled) {
      this.#transferred = true;
      if (this.#peer) this.#peer.#transferred = true;
      referral.report(200, '200 OK');
      return settled.line;
    }
    referral.report(settled.refusal.status, settled.refusal.detail);
    throw dialFailed(settled.refusal, this.#party.ctx.clock.now());
  }

  #closeBoth(how: {
    readonly ours: Ending['reason'];
    readonly theirs: Ending['reason'];
    readonly detail: string;
  }): void {
    this.#close('us', how.ours, how.detail);
    if (this.#peer) this.#peer.#close('them', how.theirs, 'the other side hung up');
  }

  #close(by: Ending['by'], reason: Ending['reason'], detail: string): void {
    if (this.#over) return;
    this.#over = true;
    const at = this.#party.ctx.clock.now();
    this.#leg.finish(at);
    this.#handset.take(this.#leg.takeNews());
    this.#handset.close();
    for (const referral of this.#referrals) referral.report(487, 'the call ended before the transfer was answered');
    this.#ended.resolve({ by, reason, at, detail });
  }
}

function ofOurs(line: Line): LoopbackLine {
  if (line instanceof LoopbackLine) return line;
  throw new Error('a loopback call can only take the place of another loopback call');
}
