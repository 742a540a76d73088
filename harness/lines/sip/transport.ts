import { UsageError } from '../../model/errors.ts';
import {
  DialFailed,
  type CallContext,
  type IncomingCall,
  type Line,
  type Listening,
  type Target,
  type Transport,
} from '../../model/line.ts';
import { ms, type Clock } from '../../model/time.ts';
import { openMedia, type Media } from '../../rtp/media.ts';
import { openSipAgent, type Credentials, type SipAgent } from '../../sip/agent.ts';
import { ring, type Ringing } from '../../sip/answer.ts';
import { nothingLost, type Drops } from '../../sip/drops.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import { placeCall } from '../../sip/place.ts';
import { mustReadUri, writeUri, type SipUri } from '../../sip/uri.ts';
import { Diallers } from './diallers.ts';
import { Ends, mediaOf } from './ends.ts';
import { placeOf } from './hosts.ts';
import type { SipLine } from './line.ts';
import type { Party } from './party.ts';
import { dialFailed } from './refusal.ts';

/** How long a call rings unless told otherwise. */
const RING_TIMEOUT = ms(30_000);

/** The header that says which of the harness's calls this is; it survives a transfer. */
const CALL_HEADER = 'x-hangup-call';

/** Every SIP call of a run: one media thread, one user agent per listener, and one per local address to dial from. */
export class SipTransport implements Transport {
  readonly name = 'sip';
  readonly time = 'real';
  readonly #clock: Clock;
  readonly #media: Media;
  readonly #drops: Drops;
  readonly #diallers: Diallers;
  readonly #listeners = new Set<SipAgent>();
  readonly #lines = new Map<SipLine, SipAgent>();
  readonly #closing = new AbortController();

  private constructor(clock: Clock, media: Media, drops: Drops) {
    this.#clock = clock;
    this.#media = media;
    this.#drops = drops;
    this.#diallers = new Diallers(clock, drops);
  }

  /** Starts the media thread. `drops` makes the SIP side of the network bad, for tests. */
  static async open(clock: Clock, drops: Drops = nothingLost): Promise<SipTransport> {
    return new SipTransport(clock, await openMedia(clock), drops);
  }

  async dial(target: Target, ctx: CallContext): Promise<Line> {
    const to = mustReadUri(target.address);
    const credentials = credentialsOf(target);
    const party: Party = {
      role: 'caller',
      ctx,
      headers: onlyCallHeader(ctx.headers),
      call: this.#callFor,
    };
    const { headers, ringTimeout = RING_TIMEOUT } = ctx;
    try {
      return await this.#place(to, party, { headers, context: undefined, ringTimeout, credentials });
    } catch (error) {
      throw error instanceof NotPlaced ? dialFailed(error, ctx.clock.now()) : error;
    }
  }

  async listen(address: string, onCall: (call: IncomingCall) => void): Promise<Listening> {
    const uri = mustReadUri(address);
    const place = await placeOf(uri.host);
    const agent = await openSipAgent({
      clock: this.#clock,
      port: uri.port ?? 5060,
      user: 'hangup',
      drops: this.#drops,
      ...place,
    });
    this.#listeners.add(agent);
    agent.onInvite = (invitation) => {
      const call = this.#incoming(agent, ring(agent, invitation));
      // Outside the wire, which swallows what a malformed message throws: a fault of the listener's own must be seen.
      queueMicrotask(() => onCall(call));
    };
    return {
      address: writeUri({ ...uri, host: agent.host, port: agent.port }),
      close: () => this.#stopListening(agent),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#lines.keys()].map((line) => line.drop()));
    await Promise.all([this.#diallers.close(), ...[...this.#listeners].map((agent) => agent.close())]);
    this.#listeners.clear();
    await this.#media.close();
  }

  /** Follows a transfer for a party. */
  readonly #callFor: Party['call'] = (to, party, context) =>
    this.#place(mustReadUri(to), party, { headers: party.headers, context, ringTimeout: RING_TIMEOUT });

  async #place(to: SipUri, party: Party, order: Placing): Promise<Line> {
    const { ctx } = party;
    const agent = await this.#diallers.towards(to, order.credentials);
    const leg = await this.#media.open({ clock: ctx.clock, host: agent.host });
    const ends = new Ends(party, leg);
    try {
      const call = await placeCall(agent, {
        to,
        headers: order.headers,
        context: order.context,
        media: mediaOf(agent, leg, ctx.phone.codec),
        onAgreed: (media) => ends.agree(media),
        onProgress: (status, text) => leg.notify({ kind: 'progress', status, text }, ctx.clock.now()),
        signal: AbortSignal.any([ctx.signal, this.#closing.signal]),
        ringTimeout: order.ringTimeout,
      });
      return this.#opened(ends.join(call), agent);
    } catch (error) {
      await leg.stop();
      throw error;
    }
  }

  #incoming(agent: SipAgent, ringing: Ringing): IncomingCall {
    const { from, to, headers, context } = ringing;
    return {
      from,
      to,
      headers,
      ...(context !== undefined && { context }),
      accept: (ctx) => this.#accept(agent, ringing, ctx),
      reject: (status) => ringing.reject(status),
    };
  }

  async #accept(agent: SipAgent, ringing: Ringing, ctx: Party['ctx']): Promise<Line> {
    const leg = await this.#media.open({ clock: ctx.clock, host: agent.host });
    const ends = new Ends(
      {
        role: 'callee',
        ctx,
        headers: onlyCallHeader(ringing.headers),
        call: (address, follower, context) =>
          this.#place(mustReadUri(address), follower, {
            headers: follower.headers,
            context,
            ringTimeout: RING_TIMEOUT,
          }),
      },
      leg,
    );
    try {
      const call = await ringing.accept(mediaOf(agent, leg, ctx.phone.codec), (media) => ends.agree(media));
      return this.#opened(ends.join(call), agent);
    } catch (error) {
      await leg.stop();
      const detail = `the call was over before it was answered: ${error instanceof Error ? error.message : String(error)}`;
      throw new DialFailed({ by: 'them', reason: 'aborted', at: ctx.clock.now(), detail });
    }
  }

  #opened(line: SipLine, agent: SipAgent): Line {
    this.#lines.set(line, agent);
    void line.gone.then(() => this.#lines.delete(line));
    return line;
  }

  /** Takes no more calls; the port is free once those that came by it have ended. */
  async #stopListening(agent: SipAgent): Promise<void> {
    agent.onInvite = (invitation) => void ring(agent, invitation).reject(480);
    const open = [...this.#lines].filter(([, by]) => by === agent).map(([line]) => line.gone);
    const closed = Promise.all(open).then(async () => {
      this.#listeners.delete(agent);
      await agent.close();
    });
    if (open.length === 0) await closed;
  }
}

interface Placing {
  readonly headers: Readonly<Record<string, string>>;
  readonly context: string | undefined;
  readonly ringTimeout: CallContext['ringTimeout'] & number;
  readonly credentials?: Credentials | undefined;
}

function credentialsOf({ address, user, password }: Target): Credentials | undefined {
  if (password === undefined) return undefined;
  const name = user ?? mustReadUri(address).user;
  if (name === undefined) throw new UsageError(`a password for ${address} needs a user name beside it`);
  return { user: name, password };
}

const onlyCallHeader = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() === CALL_HEADER));
