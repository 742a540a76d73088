import { within } from '../clock/within.ts';
import { ms, type Clock } from '../model/time.ts';
import type { MediaLeg } from '../rtp/media-leg.ts';
import { inOrder } from './sdp.ts';
import type { AudioPlan, Candidate, PeerNews, PeerOrder, PeerPlan } from './mail.ts';

/** Why two peers did not come together, or came apart. */
export class PeerTrouble extends Error {
  override readonly name = 'PeerTrouble';
}

/** How long ICE and DTLS may take once both sides are described. */
const CONNECT_LIMIT = ms(10_000);

/** How long we look for candidates before we describe ourselves with those we have. */
const GATHER_LIMIT = ms(3_000);

/** How long a data channel may take to open once audio flows. */
const CHANNEL_LIMIT = ms(10_000);

/** How a connection that stood came to its end. */
export interface PeerOver {
  /** `them`: closed on purpose. `line`: it broke. */
  readonly by: 'them' | 'line';
  readonly detail: string;
}

/** What a peer needs of its leg: the way to its connection. */
type PeerLeg = Pick<MediaLeg, 'orderWire' | 'onWireNews' | 'closed'>;

/** How paths are looked for. */
type Paths = Pick<PeerPlan, 'iceServers' | 'relayOnly'>;

/** A peer connection in the media process, seen from the main one. */
export class Peer {
  readonly #leg: PeerLeg;
  readonly #clock: Clock;
  readonly #described = Promise.withResolvers<string>();
  readonly #gathered = Promise.withResolvers<string>();
  readonly #open = Promise.withResolvers<void>();
  readonly #channel = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<PeerOver>();
  readonly #plan: Paths;
  readonly #candidates: Candidate[] = [];
  /** How many of them our description told. */
  #told = Number.POSITIVE_INFINITY;
  #onCandidate: ((candidate: Candidate) => void) | undefined;
  #hasPath = false;
  #isOpen = false;
  #onSaid: ((text: string, label: string) => void) | undefined;
  /** What came in on the data channel before anybody listened: it may open before audio can flow. */
  readonly #unheard: (readonly [text: string, label: string])[] = [];

  constructor(leg: PeerLeg, clock: Clock, plan: Paths) {
    this.#leg = leg;
    this.#clock = clock;
    this.#plan = plan;
    leg.onWireNews = (news) => this.#hear(news as PeerNews);
    void leg.closed.then(() => this.#fail(new PeerTrouble('the connection was closed')));
    for (const { promise } of [this.#described, this.#gathered, this.#open, this.#channel])
      promise.catch(() => undefined);
  }

  /** Resolves with our offer; rejects with PeerTrouble. */
  offer(audio: AudioPlan, channel: string | undefined): Promise<string> {
    this.#order({ do: 'offer', audio, channel });
    return this.#description();
  }

  /** Resolves with our answer to `sdp`; rejects with PeerTrouble when it makes no sense. */
  answer(sdp: string, audio: AudioPlan): Promise<string> {
    this.#order({ do: 'answer', sdp, audio });
    return this.#description();
  }

  /** The other side's answer. */
  settle(sdp: string): void {
    this.#order({ do: 'settle', sdp });
  }

  addCandidate({ candidate, mid }: Candidate): void {
    this.#order({ do: 'candidate', candidate, mid });
  }

  /** Sends a text on the data channel, if there is one. */
  say(text: string): void {
    this.#order({ do: 'say', text });
  }

  /** Resolves when audio can flow; rejects with PeerTrouble when it does not come to that. */
  async connected(): Promise<void> {
    const done = await within(
      this.#clock,
      CONNECT_LIMIT,
      this.#open.promise.then(() => true),
    );
    if (!done) throw new PeerTrouble(this.#whyNot());
  }

  /** Resolves when the data channel is open; rejects with PeerTrouble when it does not come to that. */
  async channelOpen(label: string): Promise<void> {
    const done = await within(
      this.#clock,
      CHANNEL_LIMIT,
      this.#channel.promise.then(() => true),
    );
    if (!done) {
      throw new PeerTrouble(
        `audio is connected, but the data channel ${label} did not open within ${CHANNEL_LIMIT / 1000} s`,
      );
    }
  }

  /** Resolves when a connection that stood is over, unless we closed it. */
  get over(): Promise<PeerOver> {
    return this.#over.promise;
  }

  async #description(): Promise<string> {
    const whole = await within(this.#clock, GATHER_LIMIT, this.#gathered.promise);
    // Without one, the library would try the paths that were ruled out.
    const why = this.#plan.relayOnly && this.#withoutRelay();
    if (why) throw new PeerTrouble(why);
    if (whole !== undefined) return inOrder(whole);
    const sdp = await this.#described.promise;
    this.#told = this.#candidates.length;
    return inOrder(withCandidates(sdp, this.#candidates));
  }

  /** Hears what comes in on the data channel, and what has come. */
  set onSaid(take: (text: string, label: string) => void) {
    this.#onSaid = take;
    for (const [text, label] of this.#unheard.splice(0)) take(text, label);
  }

  /** Hears of every candidate that our description did not tell. */
  set onCandidate(take: (candidate: Candidate) => void) {
    this.#onCandidate = take;
    for (const candidate of this.#candidates.slice(this.#told)) take(candidate);
  }

  #order(order: PeerOrder): void {
    this.#leg.orderWire(order);
  }

  #hear(news: PeerNews): void {
    switch (news.what) {
      case 'described':
        return this.#described.resolve(news.sdp);
      case 'gathered':
        return this.#gathered.resolve(news.sdp);
      case 'candidate':
        this.#candidates.push({ candidate: news.candidate, mid: news.mid });
        if (this.#candidates.length > this.#told) this.#onCandidate?.(news);
        return undefined;
      case 'open':
        this.#isOpen = true;
        return this.#open.resolve();
      case 'path':
        this.#hasPath ||= news.state === 'connected' || news.state === 'completed';
        return undefined;
      case 'state':
        return this.#turned(news.state);
      case 'channel-open':
        return this.#channel.resolve();
      case 'channel-closed':
        return undefined;
      case 'said':
        if (this.#onSaid) return this.#onSaid(news.text, news.label);
        this.#unheard.push([news.text, news.label]);
        return undefined;
      case 'trouble':
        return this.#fail(new PeerTrouble(`what the other side described could not be used: ${news.sentence}`));
    }
  }

  #turned(state: string): void {
    if (state === 'failed') {
      this.#open.reject(new PeerTrouble(this.#whyNot()));
      this.#over.resolve({ by: 'line', detail: 'the connection to the other side broke (ICE consent was lost)' });
    } else if (state === 'closed') {
      this.#open.reject(new PeerTrouble('the other side closed the connection before audio could flow'));
      if (this.#isOpen) this.#over.resolve({ by: 'them', detail: 'the other side closed the connection' });
    }
  }

  #whyNot(): string {
    if (this.#hasPath) {
      return 'a path to the other side was found, but the encryption of the audio could not be set up (DTLS)';
    }
    const why = this.#withoutRelay();
    return `no path for the audio to the other side was found (ICE failed)${why === undefined ? '' : `; ${why}`}`;
  }

  /** What became of the TURN servers when none of them gave us a relay. */
  #withoutRelay(): string | undefined {
    const relays = this.#plan.iceServers.map(({ url }) => url).filter((url) => url.startsWith('turn'));
    const relayed = this.#candidates.some(({ candidate }) => candidate.includes(' typ relay'));
    if (relays.length === 0 || relayed) return undefined;
    return `${relays.join(', ')} gave us no relay: it refused our account, or cannot be reached`;
  }

  #fail(error: PeerTrouble): void {
    for (const part of [this.#described, this.#gathered, this.#open, this.#channel]) part.reject(error);
  }
}

/** A description with the candidates found so far, each in its section. */
function withCandidates(sdp: string, candidates: readonly Candidate[]): string {
  const lines = candidates.map(({ candidate }) => `a=${candidate}\r\n`).join('');
  // Everything is bundled: the first section's candidates serve all (RFC 9143).
  const second = sdp.indexOf('\nm=', sdp.indexOf('\nm=') + 1);
  return second < 0 ? sdp + lines : `${sdp.slice(0, second + 1)}${lines}${sdp.slice(second + 1)}`;
}
