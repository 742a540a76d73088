import { DialFailed, type Access, type AnswerContext, type CallContext, type Line } from '../../model/line.ts';
import { ms } from '../../model/time.ts';
import type { Media } from '../../rtp/media.ts';
import type { SipAgent } from '../../sip/agent.ts';
import type { Ringing } from '../../sip/answer.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import { placeCall, type CallOrder } from '../../sip/place.ts';
import { mustReadUri, type SipUri } from '../../sip/uri.ts';
import type { Diallers } from './diallers.ts';
import { Ends } from './ends.ts';
import type { SipLine } from './line.ts';
import type { Party } from './party.ts';

/** How long a call rings unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/** The headers that say which of the harness's calls this is; they survive a transfer. */
const CALL_HEADERS: readonly string[] = ['x-hangup-call', 'x-hangup-run', 'traceparent'];

/** What goes along with a call. */
interface Along {
  readonly headers: Readonly<Record<string, string>>;
  readonly context?: string | undefined;
  readonly referral?: CallOrder['referral'];
  readonly ringTimeout?: CallContext['ringTimeout'] | undefined;
  readonly access?: Access;
  /** The user in the target's address: whose password it is when `access` does not say. */
  readonly user?: string | undefined;
}

/** What the first call of a party was made with. */
interface Beginning extends Pick<Along, 'headers' | 'access' | 'user'> {
  /** The host it was made to; undefined for a call that came in. */
  readonly home?: string;
}

/** The calls of one transport: places and answers them, and knows which are open. */
export class Calls {
  readonly #media: Media;
  readonly #diallers: Diallers;
  readonly #lines = new Map<SipLine, SipAgent>();
  readonly #closing = new AbortController();

  constructor(media: Media, diallers: Diallers) {
    this.#media = media;
    this.#diallers = diallers;
  }

  /** Calls `to`. Rejects with NotPlaced. */
  async place(to: SipUri, ctx: AnswerContext, along: Along): Promise<Line> {
    const agent = await this.#diallers.towards(to, along.access ?? {}, along.user);
    if (this.#closing.signal.aborted) throw new NotPlaced('aborted', 0, 'the SIP line was closed');
    const leg = await this.#media.open({ clock: ctx.clock, host: agent.host });
    const party = this.#party('caller', ctx, { ...along, home: to.host });
    const ends = new Ends(party, leg, agent.host);
    try {
      const call = await placeCall(agent, {
        to,
        headers: along.headers,
        context: along.context,
        ...(along.referral && { referral: along.referral }),
        media: ends.local,
        onAgreed: (media) => ends.agree(media),
        onProgress: (status, text) => leg.notify({ kind: 'progress', status, text }, ctx.clock.now()),
        signal: AbortSignal.any([ctx.signal, this.#closing.signal]),
        ringTimeout: along.ringTimeout ?? RING_TIMEOUT,
      });
      return this.#opened(ends.join(call), agent);
    } catch (error) {
      await leg.stop();
      throw error;
    }
  }

  /** The open line whose place `ringing` asks to take. */
  replacedBy(ringing: Ringing): SipLine | undefined {
    return [...this.#lines.keys()].find((line) => line.isReplacedBy(ringing));
  }

  /**
   * Answers a call that rings at `agent`, who is known by `access`; a line whose place it takes ends.
   * Rejects with DialFailed when it is over before.
   */
  async answer(agent: SipAgent, ringing: Ringing, ctx: AnswerContext, access: Access): Promise<Line> {
    if (ringing.over.aborted || this.#closing.signal.aborted) throw tooLate(ctx, 'nobody rings any more');
    const leg = await this.#media.open({ clock: ctx.clock, host: agent.host });
    const party = this.#party('callee', ctx, { headers: ringing.headers, access });
    const ends = new Ends(party, leg, agent.host);
    try {
      const call = await ringing.accept(ends.local, (media) => ends.agree(media));
      void this.replacedBy(ringing)?.giveWay();
      return this.#opened(ends.join(call), agent);
    } catch (error) {
      await leg.stop();
      throw tooLate(ctx, error instanceof Error ? error.message : String(error));
    }
  }

  /** Resolves when no call of `agent` is open; at once when none is. */
  async over(agent: SipAgent): Promise<void> {
    await Promise.all([...this.#lines].filter(([, by]) => by === agent).map(([line]) => line.gone));
  }

  /** Whether a call of `agent` is open. */
  has(agent: SipAgent): boolean {
    return [...this.#lines.values()].includes(agent);
  }

  /** Ends every call and stops the ringing of those not yet answered. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#lines.keys()].map((line) => line.drop()));
  }

  /** One end of a call; it follows a transfer as the same call of the harness. */
  #party(role: Party['role'], ctx: AnswerContext, { headers, access = {}, user, home }: Beginning): Party {
    const kept = Object.fromEntries(
      Object.entries(headers).filter(([name]) => CALL_HEADERS.includes(name.toLowerCase())),
    );
    return {
      role,
      ctx,
      mediaAddress: access.mediaAddress,
      call: (address, follower, { by, replaces, context }) => {
        const to = mustReadUri(address);
        const followed = referredAccess(access, to.host, home);
        return this.place(to, follower, { headers: kept, context, referral: { by, replaces }, access: followed, user });
      },
    };
  }

  #opened(line: SipLine, agent: SipAgent): Line {
    this.#lines.set(line, agent);
    void line.gone.then(() => this.#lines.delete(line));
    return line;
  }
}

/**
 * What of `access` goes along where a referral leads. Whom we trust, always; who we are, only by our own proxy, or
 * to a host we were to prove it to anyway: whoever refers us must not choose who gets our proof.
 */
function referredAccess(access: Access, host: string, home: string | undefined): Access {
  const registrar = access.registrar === undefined ? undefined : mustReadUri(access.registrar).host;
  if (access.proxy !== undefined || host === home || host === registrar) return access;
  const { ca, mediaAddress } = access;
  return { ...(ca !== undefined && { ca }), ...(mediaAddress !== undefined && { mediaAddress }) };
}

const tooLate = (ctx: AnswerContext, why: string): DialFailed =>
  new DialFailed({
    by: 'them',
    reason: 'aborted',
    at: ctx.clock.now(),
    detail: `the call was over before it was answered: ${why}`,
  });
