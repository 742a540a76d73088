import { within } from '../../clock/within.ts';
import {
  CODECS,
  DialFailed,
  type AnswerContext,
  type CallContext,
  type Codec,
  type Line,
  type Target,
} from '../../model/line.ts';
import { hashSeed } from '../../model/seed.ts';
import { after, ms, type Clock } from '../../model/time.ts';
import { firstSsrc } from '../../rtp/source.ts';
import type { Media } from '../../rtp/media.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';
import { agreed, answered, namesOf, offered, type AgreedAudio } from '../../webrtc/audio.ts';
import type { Format, PeerPlan } from '../../webrtc/mail.ts';
import { Peer } from '../../webrtc/peer.ts';
import type { Ringing } from '../../webrtc/ringing.ts';
import { audioIn, candidatesIn, withoutCandidates } from '../../webrtc/sdp.ts';
import type { Placed, Signalling } from '../../webrtc/signalling/signalling.ts';
import { mustReadTarget } from './address.ts';
import { headersOf, REFERRED_HEADER, REPLACES_HEADER } from './headers.ts';
import { WebRtcLine, type Party } from './line.ts';
import { pathsTo } from './paths.ts';
import { dialFailed, NoCodec } from './refusal.ts';
import { PROTOCOLS } from './protocols.ts';

/** How long an answer may take unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/**
 * Whoever called looks for a path first. libdatachannel, which may be at the other end, fails a call whose path is found
 * while it is still reading the answer: it does not know yet whose certificate to trust.
 */
const HEAD_START = ms(1_000);

/** What says which of the harness's calls this is; it survives a transfer. */
const CALL_HEADERS: readonly string[] = ['x-hangup-call', 'x-hangup-run', 'traceparent'];

/** What every telephone has. */
const USUAL: readonly Codec[] = ['PCMU', 'PCMA'];

/** A leg of the media process with the connection it sends through. */
interface Ends {
  readonly leg: MediaLeg;
  readonly peer: Peer;
  readonly ssrc: number;
}

/** The calls of one transport: places and answers them, and knows which are open. */
export class Calls {
  readonly #media: Media;
  readonly #lines = new Set<WebRtcLine>();
  readonly #closing = new AbortController();

  constructor(media: Media) {
    this.#media = media;
  }

  /** Calls `target`. Rejects with DialFailed, and with UsageError for an address that is none. */
  async place(target: Target, ctx: CallContext): Promise<Line> {
    const { scheme, url } = mustReadTarget(target.address);
    const { calling } = PROTOCOLS[scheme];
    const ringing = new AbortController();
    const limit = ctx.ringTimeout ?? RING_TIMEOUT;
    const stop = AbortSignal.any([ctx.signal, this.#closing.signal, ringing.signal]);
    const placing = this.#placed(calling, url, target, ctx, stop);
    try {
      const line = await within(ctx.clock, limit, placing);
      if (line) return line;
      ringing.abort();
      await placing.then((late) => late.hangUp()).catch(() => undefined);
      throw failed(ctx, 'them', 'no-answer', `no answer to the offer within ${limit / 1000} s`);
    } catch (error) {
      if (ctx.signal.aborted) throw failed(ctx, 'us', 'aborted', 'the call was aborted before it was answered');
      if (this.#closing.signal.aborted) throw failed(ctx, 'us', 'aborted', 'the WebRTC line was closed');
      throw dialFailed(error, url, ctx.clock.now());
    }
  }

  async #placed(
    calling: Signalling,
    url: URL,
    target: Target,
    ctx: CallContext,
    signal: AbortSignal,
  ): Promise<WebRtcLine> {
    signal.throwIfAborted();
    const ends = await this.#open(ctx, 'caller', await pathsTo(target, url));
    let placed: Placed | undefined;
    try {
      const { codec, otherCodecs = USUAL } = ctx.phone;
      const formats = offered([...new Set([codec, ...otherCodecs])]);
      const offer = await ends.peer.offer({ mid: '0', formats, ssrc: ends.ssrc }, calling.channel);
      const headers = headersOf(target, ctx);
      placed = await calling.place({ url, offer, headers, ca: target.ca, token: target.token, signal });
      const audio = settled(formats, placed.answer);
      ends.peer.settle(placed.answer);
      await abortable(signal, this.#joined(ends.peer, calling, placed));
      return this.#opened(this.#caller(target, ctx, calling, placed), ends, audio);
    } catch (error) {
      await placed?.hangUp().catch(() => undefined);
      await ends.leg.stop();
      throw error;
    }
  }

  async #joined(peer: Peer, { channel, needsChannel }: Signalling, { trickle }: Placed): Promise<void> {
    // What cannot be told is no worse than a candidate that leads nowhere.
    peer.onCandidate = (candidate) => void trickle?.(candidate).catch(() => undefined);
    await peer.connected();
    if (needsChannel) await peer.channelOpen(channel);
  }

  /** The open line whose place `ringing` asks to take; `undefined` when it asks for none, or that one is over. */
  replacedBy(ringing: Ringing): WebRtcLine | undefined {
    const id = ringing.headers[REPLACES_HEADER];
    return id === undefined ? undefined : [...this.#lines].find((line) => line.cameInAs(id));
  }

  /** Answers a call; a line whose place it takes ends. Rejects with DialFailed when it is over before. */
  async answer(ringing: Ringing, ctx: AnswerContext, host: string): Promise<Line> {
    if (ringing.over.aborted || this.#closing.signal.aborted) throw tooLate(ctx, 'nobody rings any more');
    const ends = await this.#open(ctx, 'callee', { iceServers: [], bind: host });
    try {
      const audio = await this.#answered(ringing, ctx, ends);
      await ends.peer.connected();
      if (ringing.isHungUp) throw new Error('the caller hung up');
      void this.replacedBy(ringing)?.giveWay();
      const line = this.#opened(this.#callee(ringing, ctx), ends, audio);
      ringing.onHungUp = () => line.hungUp();
      void line.gone.then(() => ringing.forget());
      return line;
    } catch (error) {
      if (error instanceof NoCodec) ringing.refuse(488, error.message);
      else ringing.refuse(480);
      ringing.forget();
      await ends.leg.stop();
      throw tooLate(ctx, error instanceof Error ? error.message : String(error));
    }
  }

  async #answered(ringing: Ringing, ctx: AnswerContext, { peer, ssrc }: Ends): Promise<AgreedAudio> {
    const theirs = audioIn(ringing.offer);
    if (!theirs?.isActive) throw new NoCodec('the offer describes no audio');
    const { codec, otherCodecs = CODECS } = ctx.phone;
    const formats = answered(theirs, [...new Set([codec, ...otherCodecs])]);
    if (!formats) throw new NoCodec(`no common codec: the other side offers ${namesOf(theirs.formats)}`);
    const sdp = await peer.answer(withoutCandidates(ringing.offer), { mid: theirs.mid, formats, ssrc });
    ringing.answer(sdp);
    void this.#lookFor(ringing, peer, ctx.clock);
    return agreed(formats, theirs.formats) as AgreedAudio;
  }

  async #lookFor(ringing: Ringing, peer: Peer, clock: Clock): Promise<void> {
    await clock.sleepUntil(after(clock.now(), HEAD_START), this.#closing.signal);
    for (const candidate of candidatesIn(ringing.offer)) peer.addCandidate(candidate);
    ringing.onCandidate = (candidate) => peer.addCandidate(candidate);
  }

  /** Ends every call and stops the ringing of those not yet answered. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#lines].map((line) => line.drop()));
  }

  async #open(ctx: AnswerContext, role: Party['role'], plan: PeerPlan): Promise<Ends> {
    const leg = await this.#media.open({ clock: ctx.clock, plan });
    return { leg, peer: new Peer(leg, ctx.clock, plan), ssrc: firstSsrc(hashSeed(ctx.seed, role)) };
  }

  #opened(party: Party, { peer, leg }: Ends, audio: AgreedAudio): WebRtcLine {
    const line = new WebRtcLine(party, peer, leg, audio);
    this.#lines.add(line);
    void line.gone.then(() => this.#lines.delete(line));
    return line;
  }

  #caller(target: Target, ctx: CallContext, calling: Signalling, placed: Placed): Party {
    return {
      role: 'caller',
      ctx,
      id: placed.id,
      ping: calling.ping,
      hangUp: () => placed.hangUp(),
      call: this.#following(ctx.headers, target.address),
    };
  }

  #callee(ringing: Ringing, ctx: AnswerContext): Party {
    return {
      role: 'callee',
      ctx,
      id: ringing.id,
      hangUp: () => Promise.resolve(),
      call: this.#following(ringing.headers, ringing.from),
    };
  }

  /** Follows a transfer as the same call of the harness. */
  #following(headers: Readonly<Record<string, string>>, by: string): Party['call'] {
    const kept = Object.entries(headers).filter(([name]) => CALL_HEADERS.includes(name.toLowerCase()));
    return ({ to, context, replaces }, ctx) =>
      this.place(
        { address: to },
        {
          ...ctx,
          headers: {
            ...Object.fromEntries(kept),
            [REFERRED_HEADER]: by,
            ...(replaces !== undefined && { [REPLACES_HEADER]: replaces }),
          },
          ...(context !== undefined && { context }),
        },
      );
  }
}

/** `work`, or a rejection as soon as `signal` aborts. */
function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}

/** What the answer to our offer comes to. Throws NoCodec. */
function settled(formats: readonly Format[], answer: string): AgreedAudio {
  const theirs = audioIn(answer);
  if (!theirs?.isActive) throw new NoCodec('the answer describes no audio: the other side will neither speak nor hear');
  const audio = agreed(formats, theirs.formats);
  if (audio) return audio;
  throw new NoCodec(
    `no common codec: we offered ${namesOf(formats)}, the other side answered ${namesOf(theirs.formats)}`,
  );
}

function failed(ctx: AnswerContext, by: 'us' | 'them', reason: 'aborted' | 'no-answer', detail: string): DialFailed {
  return new DialFailed({ by, reason, at: ctx.clock.now(), detail });
}

const tooLate = (ctx: AnswerContext, why: string): DialFailed =>
  failed(ctx, 'them', 'aborted', `the call was over before it was answered: ${why}`);
