import { UsageError } from '../../model/errors.ts';
import type { CallContext, IncomingCall, Line, Listening, Target, Transport } from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import { openMedia, type Media } from '../../rtp/media.ts';
import { openSipAgent, type Credentials, type SipAgent } from '../../sip/agent.ts';
import { ring, type Ringing } from '../../sip/answer.ts';
import { nothingLost, type Drops } from '../../sip/drops.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import { mustReadUri, writeUri } from '../../sip/uri.ts';
import { Calls } from './calls.ts';
import { Diallers } from './diallers.ts';
import { placeOf } from './hosts.ts';
import { dialFailed } from './refusal.ts';

/** Every SIP call of a run: one media thread, one user agent per listener, and one per local address to dial from. */
export class SipTransport implements Transport {
  readonly name = 'sip';
  readonly time = 'real';
  readonly #clock: Clock;
  readonly #media: Media;
  readonly #drops: Drops;
  readonly #diallers: Diallers;
  readonly #calls: Calls;
  readonly #listeners = new Set<SipAgent>();

  private constructor(clock: Clock, media: Media, drops: Drops) {
    this.#clock = clock;
    this.#media = media;
    this.#drops = drops;
    this.#diallers = new Diallers(clock, drops);
    this.#calls = new Calls(media, this.#diallers);
  }

  /** Starts the media thread. `drops` makes the SIP side of the network bad, for tests. */
  static async open(clock: Clock, drops: Drops = nothingLost): Promise<SipTransport> {
    return new SipTransport(clock, await openMedia(clock), drops);
  }

  async dial(target: Target, ctx: CallContext): Promise<Line> {
    const { headers, context, ringTimeout } = ctx;
    const credentials = credentialsOf(target);
    try {
      return await this.#calls.place(mustReadUri(target.address), ctx, {
        headers,
        context,
        ringTimeout,
        credentials,
        mediaAddress: target.mediaAddress,
      });
    } catch (error) {
      throw error instanceof NotPlaced ? dialFailed(error, ctx.clock.now()) : error;
    }
  }

  async listen(address: string, onCall: (call: IncomingCall) => void): Promise<Listening> {
    const uri = mustReadUri(address);
    const place = await placeOf(uri.host);
    const port = uri.port ?? 5060;
    const agent = await openSipAgent({ clock: this.#clock, port, user: 'hangup', drops: this.#drops, ...place });
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
    await this.#calls.close();
    await Promise.all([this.#diallers.close(), ...[...this.#listeners].map((agent) => agent.close())]);
    this.#listeners.clear();
    await this.#media.close();
  }

  #incoming(agent: SipAgent, ringing: Ringing): IncomingCall {
    const { from, to, headers, context, referredBy, over } = ringing;
    const replaces = this.#calls.replacedBy(ringing);
    return {
      from,
      to,
      headers,
      over,
      ...(context !== undefined && { context }),
      ...(referredBy !== undefined && { referredBy }),
      ...(replaces && { replaces }),
      accept: (ctx) => this.#calls.answer(agent, ringing, ctx),
      reject: (status) => ringing.reject(status),
    };
  }

  /** Takes no more calls; the port is free at once, or when the last call that came by it has ended. */
  async #stopListening(agent: SipAgent): Promise<void> {
    agent.onInvite = (invitation) => void ring(agent, invitation).reject(480);
    const closed = this.#calls.over(agent).then(async () => {
      this.#listeners.delete(agent);
      await agent.close();
    });
    if (!this.#calls.has(agent)) await closed;
  }
}

function credentialsOf({ address, user, password }: Target): Credentials | undefined {
  if (password === undefined) return undefined;
  const name = user ?? mustReadUri(address).user;
  if (name === undefined) throw new UsageError(`a password for ${address} needs a user name beside it`);
  return { user: name, password };
}
