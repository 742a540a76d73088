import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { UsageError } from '../../model/errors.ts';
import {
  DialFailed,
  type CallContext,
  type Codec,
  type IncomingCall,
  type Line,
  type Listening,
  type Target,
  type Transport,
} from '../../model/line.ts';
import { ms, type Clock } from '../../model/time.ts';
import { openMedia, type Media } from '../../rtp/media.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';
import { openSipAgent, type Credentials, type SipAgent } from '../../sip/agent.ts';
import { ring, type Ringing } from '../../sip/answer.ts';
import type { SipCall } from '../../sip/call.ts';
import type { AgreedMedia } from '../../sip/description.ts';
import { nothingLost, type Drops } from '../../sip/drops.ts';
import { NotPlaced, placeCall } from '../../sip/place.ts';
import type { LocalMedia } from '../../sip/sdp.ts';
import { localAddressTowards } from '../../sip/udp.ts';
import { bareHost, mustReadUri, writeUri, type SipUri } from '../../sip/uri.ts';
import { SipLine, type Party } from './line.ts';
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
  readonly #diallers = new Map<string, Promise<SipAgent>>();
  readonly #listeners = new Set<SipAgent>();
  readonly #lines = new Map<SipLine, SipAgent>();
  readonly #closing = new AbortController();

  private constructor(clock: Clock, media: Media, drops: Drops) {
    this.#clock = clock;
    this.#media = media;
    this.#drops = drops;
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
      call: (address, follower, context) =>
        this.#place(mustReadUri(address), follower, { headers: follower.headers, context, ringTimeout: RING_TIMEOUT }),
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
    const everywhere = uri.host === '0.0.0.0';
    const host = everywhere ? ownAddress() : await resolved(uri.host);
    const agent = await openSipAgent({
      clock: this.#clock,
      host,
      port: uri.port ?? 5060,
      user: 'hangup',
      drops: this.#drops,
      ...(everywhere && { bind: '0.0.0.0' }),
    });
    this.#listeners.add(agent);
    agent.onInvite = (invitation) => {
      const call = this.#incoming(agent, ring(agent, invitation));
      // Outside the wire, which swallows what a malformed message throws: a fault of the listener's own must be seen.
      queueMicrotask(() => onCall(call));
    };
    return {
      address: writeUri({ ...uri, host, port: agent.port }),
      close: () => this.#stopListening(agent),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#lines.keys()].map((line) => line.drop()));
    const diallers = await Promise.allSettled(this.#diallers.values());
    const opened = diallers.flatMap((dialler) => (dialler.status === 'fulfilled' ? [dialler.value] : []));
    await Promise.all([...this.#listeners, ...opened].map((agent) => agent.close()));
    this.#listeners.clear();
    this.#diallers.clear();
    await this.#media.close();
  }

  async #place(to: SipUri, party: Party, order: Placing): Promise<Line> {
    const { ctx } = party;
    const agent = await this.#dialler(to, order.credentials);
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

  /** One user agent dials for everybody who leaves by the same address with the same credentials. */
  async #dialler(to: SipUri, credentials: Credentials | undefined): Promise<SipAgent> {
    const host = await localAddressTowards(to.host, to.port ?? 5060).catch((error: unknown) => {
      throw new NotPlaced('unreachable', 0, `cannot reach ${to.host}: ${String(error)}`);
    });
    const key = JSON.stringify([host, credentials?.user, credentials?.password]);
    let dialler = this.#diallers.get(key);
    if (!dialler) {
      dialler = openSipAgent({ clock: this.#clock, host, port: 0, user: 'hangup', drops: this.#drops }, credentials);
      this.#diallers.set(key, dialler);
    }
    return dialler;
  }
}

interface Placing {
  readonly headers: Readonly<Record<string, string>>;
  readonly context: string | undefined;
  readonly ringTimeout: CallContext['ringTimeout'] & number;
  readonly credentials?: Credentials | undefined;
}

/** Holds what was agreed on until there is a line to tell. */
class Ends {
  readonly #party: Party;
  readonly #leg: MediaLeg;
  #agreed: AgreedMedia | undefined;
  #line: SipLine | undefined;

  constructor(party: Party, leg: MediaLeg) {
    this.#party = party;
    this.#leg = leg;
  }

  agree(media: AgreedMedia): void {
    this.#agreed = media;
    this.#line?.renegotiated(media);
  }

  join(call: SipCall): SipLine {
    if (!this.#agreed) throw new Error('the call was answered without agreeing on media');
    this.#line = new SipLine(this.#party, call, this.#leg, this.#agreed);
    return this.#line;
  }
}

const mediaOf = (agent: SipAgent, leg: MediaLeg, first: Codec): LocalMedia => ({
  host: agent.host,
  port: leg.localPort,
  codecs: [first, first === 'PCMU' ? 'PCMA' : 'PCMU'],
});

function credentialsOf({ address, user, password }: Target): Credentials | undefined {
  if (password === undefined) return undefined;
  const name = user ?? mustReadUri(address).user;
  if (name === undefined) throw new UsageError(`a password for ${address} needs a user name beside it`);
  return { user: name, password };
}

const onlyCallHeader = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() === CALL_HEADER));

async function resolved(host: string): Promise<string> {
  const found = await lookup(bareHost(host)).catch(() => {
    throw new UsageError(`there is no host called ${host}; listen on an address of this machine, e.g. 127.0.0.1`);
  });
  return found.address;
}

/** An address others can reach us at, when we listen on all. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
