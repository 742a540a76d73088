import { UsageError } from '../../model/errors.ts';
import type {
  CallContext,
  DialFailed,
  IncomingCall,
  Line,
  Listening,
  Presence,
  Target,
  Transport,
} from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import { openMedia, type Media } from '../../rtp/media.ts';
import { openSipAgent, type SipAgent } from '../../sip/agent.ts';
import { ring, type Ringing } from '../../sip/answer.ts';
import { nothingLost, type Drops } from '../../sip/drops.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import { mustReadUri, portOf, writeUri, type SipUri } from '../../sip/uri.ts';
import { accountOf, tlsOf } from './account.ts';
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
    const { context, ringTimeout } = ctx;
    const to = mustReadUri(target.address);
    const headers = { ...target.headers, ...ctx.headers };
    try {
      return await this.#calls.place(to, ctx, { headers, context, ringTimeout, access: target, user: to.user });
    } catch (error) {
      throw error instanceof NotPlaced ? misdialled(error, ctx) : error;
    }
  }

  /** Throws UsageError when the address cannot be listened on, or the registrar refuses or cannot be reached. */
  async listen(address: string, onCall: (call: IncomingCall) => void, presence: Presence = {}): Promise<Listening> {
    const uri = mustReadUri(address);
    const { own } = tlsOf(presence);
    if (uri.transport === 'tls' && !own) {
      throw new UsageError(`${address} cannot be listened on without a certificate; give --tls-cert and --tls-key`);
    }
    const agent = await this.#answering(uri, presence);
    this.#listeners.add(agent);
    agent.onInvite = (invitation) => {
      const call = this.#incoming(agent, ring(agent, invitation), presence);
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

  #incoming(agent: SipAgent, ringing: Ringing, presence: Presence): IncomingCall {
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
      accept: (ctx) => this.#calls.answer(agent, ringing, ctx, presence),
      reject: (status) => ringing.reject(status),
    };
  }

  async #answering(uri: SipUri, presence: Presence): Promise<SipAgent> {
    const place = await placeOf(uri.host);
    const plan = { clock: this.#clock, port: portOf(uri), user: 'hangup', drops: this.#drops, ...place };
    try {
      return await openSipAgent({ ...plan, tls: tlsOf(presence) }, accountOf(presence, uri.user));
    } catch (error) {
      throw error instanceof NotPlaced ? new UsageError(error.message) : error;
    }
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

/** What no other call of the run could escape either is the user's to mend; the rest is how this call went. */
const misdialled = (error: NotPlaced, { clock }: CallContext): UsageError | DialFailed =>
  error.why === 'configuration' ? new UsageError(error.message) : dialFailed(error, clock.now());
