import { PHONE_RATE, WIDE_RATE, type Pcm } from './audio.ts';
import type { Fate, Network } from './network.ts';
import type { Clock, Ms } from './time.ts';

/** How audio is coded on the wire, by its name in a description: G.711 mu-law and A-law, G.722 at 64 kbit/s, Opus. */
export type Codec = 'PCMU' | 'PCMA' | 'G722' | 'opus';

/** Every codec, the ones everybody has first. */
export const CODECS: readonly Codec[] = ['PCMU', 'PCMA', 'G722', 'opus'];

/** The ones that carry more than the telephone's band. */
const WIDE: readonly Codec[] = ['G722', 'opus'];

/** Whether arrival stamps can be trusted to the packet, or come through somebody's jitter buffer. */
export type Timing = 'exact' | 'approximate';

export interface LineFormat {
  readonly codec: Codec;
  /** Sample rate of everything played and heard, Hz. */
  readonly rate: number;
  /** Length of one packet. */
  readonly ptime: Ms;
  readonly timing: Timing;
}

/** A packet that left: the caller's truth. All times on the call's clock. */
export interface SentPacket {
  readonly seq: number;
  readonly rtpTime: number;
  /** When it should have left, and when it did. */
  readonly dueAt: Ms;
  readonly at: Ms;
  /** Index, in samples since the leg's first packet, of its first sample. */
  readonly mediaIndex: number;
  readonly samples: number;
}

/** A packet that arrived. */
export interface ReceivedPacket {
  readonly seq: number;
  readonly rtpTime: number;
  readonly ssrc: number;
  readonly marker: boolean;
  readonly payloadType: number;
  readonly at: Ms;
  /** Index of its first sample on the sender's sample clock, counted from the first packet received. */
  readonly mediaIndex: number;
  readonly samples: number;
}

/** Everything one leg sent and received, kept for the recording. Frozen once the line has ended. */
export interface Leg {
  readonly format: LineFormat;
  readonly sent: readonly SentPacket[];
  /** What was sent, after the codec; sample 0 is the first packet's first sample. */
  readonly sentAudio: Pcm;
  readonly received: readonly ReceivedPacket[];
  /** Received audio at the sender's own sample clock, lost packets as digital zero, the codec's delay both ways taken off. */
  readonly receivedAudio: Pcm;
  /** Lost stretches of `receivedAudio`, in samples. */
  readonly lost: readonly { readonly from: number; readonly to: number }[];
  /** Stretches that arrived, but later than a fixed jitter buffer of 60 ms plays them: a listener missed them. */
  readonly late?: readonly LateStretch[];
  /** Map of `receivedAudio` to the call's clock, one per SSRC stretch, by the lower envelope of arrivals. */
  readonly maps: readonly MediaMap[];
  /** What the phone's network took away, packet by packet. */
  readonly dropped?: readonly Fate[];
  /** What it held back. */
  readonly delayed?: readonly Fate[];
  /** Every packet that it did something to, those among them, in the order they came to it. */
  readonly fates?: readonly Fate[];
}

/** Samples `from <= index < to` that came `byMs` after a listener's jitter buffer wanted to play them. */
export interface LateStretch {
  readonly from: number;
  readonly to: number;
  readonly byMs: number;
}

/** Affine map for samples `from <= index < to`: time = originMs + (index - from) * msPerSample. */
export interface MediaMap {
  readonly ssrc: number;
  readonly from: number;
  readonly to: number;
  readonly originMs: Ms;
  readonly msPerSample: number;
  /** How much slower the sender's crystal runs than the call's clock, parts per million: already in `msPerSample`. */
  readonly skewPpm?: number;
}

export type DtmfKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** What comes in from the other side, in order of arrival. */
export type Incoming =
  | {
      readonly kind: 'audio';
      readonly samples: Pcm;
      readonly arrivedAt: Ms;
      readonly mediaIndex: number;
      readonly seq: number;
      /** A stand-in of silence for a packet that never came. */
      readonly lost: boolean;
    }
  | { readonly kind: 'key'; readonly key: DtmfKey; readonly arrivedAt: Ms }
  /** A text on the call's data channel, whose name is `label`, e.g. RTVI. */
  | { readonly kind: 'message'; readonly label: string; readonly text: string; readonly arrivedAt: Ms }
  | { readonly kind: 'notice'; readonly arrivedAt: Ms; readonly notice: Notice };

/** Signalling from the other side that concerns the call as a whole. */
export type Notice =
  | {
      /** RFC 3515: we are asked to call somebody else. */
      readonly kind: 'refer';
      readonly to: string;
      /** User-to-User found inside Refer-To (RFC 7433), decoded. */
      readonly context?: string;
      /**
       * Calls `to`, in the place of another call there if the referrer asked for that (Replaces, RFC 3891), and tells
       * the referrer how it went (NOTIFY with a sipfrag).
       * Resolves with the new line; rejects with DialFailed when nobody answered, the old line then stays up.
       */
      follow(): Promise<Line>;
    }
  | { readonly kind: 'progress'; readonly status: number; readonly text: string }
  | { readonly kind: 'hold' | 'resume' };

/** What became of handed-over audio. */
export interface Played {
  /** When sample 0 left on the wire; undefined if nothing left. */
  readonly startedAt: Ms | undefined;
  /** Samples that left. */
  readonly samples: number;
  readonly cut: boolean;
}

/** Audio that was handed to the line. */
export interface Playing {
  /** Stops within one frame. Resolves with the number of samples that left; safe to call twice. */
  cut(): Promise<number>;
  /** Attenuates what is still to leave by `db` (0 restores), from the next frame on. */
  duck(db: number): void;
  /** Samples that have left so far, as last reported. */
  readonly sent: number;
  /** Resolves with the send instant of sample 0, or undefined if it was cut before. */
  readonly started: Promise<Ms | undefined>;
  /** Resolves once, when the last sample has left, it was cut, or the line ended. */
  readonly done: Promise<Played>;
}

/** Audio handed over at once, or clause by clause as it is made. */
export type Chunks = Iterable<Pcm> | AsyncIterable<Pcm>;

/** How a call came to its end. `line` means the network or the media did it. */
export interface Ending {
  readonly by: 'us' | 'them' | 'line';
  readonly reason:
    | 'hung-up'
    | 'transferred'
    | 'busy'
    | 'declined'
    | 'no-answer'
    | 'unreachable'
    | 'rejected'
    | 'no-codec'
    | 'no-media'
    | 'media-lost'
    | 'aborted';
  readonly at: Ms;
  /** One plain sentence, e.g. "486 Busy Here". */
  readonly detail: string;
}

/** `dial` rejects with it when no call came about. */
export class DialFailed extends Error {
  override readonly name = 'DialFailed';
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending.detail);
    this.ending = ending;
  }
}

/** What the referrer learns from the NOTIFYs of RFC 3515. */
export interface TransferOutcome {
  readonly accepted: boolean;
  /** Final SIP status of the transfer target, e.g. 200, 486, 603, 408. */
  readonly status: number;
  readonly detail: string;
}

/**
 * An open call: media, keys, notices, and one ending.
 * Nothing downstream may ask which transport it came from.
 */
export interface Line {
  readonly format: LineFormat;
  /**
   * Hands audio over ahead of time; the line paces it and mixes it over its floor. Sample 0 leaves at `startAt`
   * (to the sample), or with the next frame if that has passed. Two playings at once are added.
   */
  play(chunks: Chunks, startAt?: Ms): Playing;
  /** Sends an RFC 4733 key of 100 ms. */
  sendKey(key: DtmfKey): void;
  /** Sends a text on the call's data channel; missing on lines that have none. */
  sendMessage?(text: string): void;
  /** Ends when the line has ended. One reader. */
  readonly incoming: AsyncIterable<Incoming>;
  /**
   * Asks the other side to call `to` (REFER). `context` rides in Refer-To as User-to-User. `replacing`, an open line of
   * the same transport to `to`, makes the transfer attended (RFC 5589): the other side takes its place, and it ends as
   * `transferred`. Resolves with the final NOTIFY; status 481 when `replacing` was over by then.
   */
  transfer(to: string, context?: string, replacing?: Line): Promise<TransferOutcome>;
  hangUp(): Promise<void>;
  /** Resolves exactly once, always. */
  readonly ended: Promise<Ending>;
  /** The leg's books; complete once `ended` has resolved. */
  leg(): Leg;
}

/** What an end speaks into, and the network behind it. */
export interface Phone extends Network {
  /** The codec it would rather use. */
  readonly codec: Codec;
  /**
   * What else it offers or takes, in order of preference. Left out, it offers G.711 and what `codec` is, and takes
   * every codec when it is called.
   */
  readonly otherCodecs?: readonly Codec[];
  /** `wide`: what it plays and hears has 16000 samples a second. Left out, 8000: a telephone's. */
  readonly band?: 'wide';
  /** Its audio is encrypted (SRTP), or there is no call. */
  readonly encrypted?: true;
}

/** `phone` with these codecs, at least one, in order of preference: of the wide band as soon as one of them is. */
export function withCodecs(phone: Phone, codecs: readonly Codec[]): Phone {
  const [codec = phone.codec, ...otherCodecs] = codecs;
  const { band: _band, ...rest } = phone;
  const wide = codecs.some((each) => WIDE.includes(each));
  return { ...rest, codec, otherCodecs, ...(wide && { band: 'wide' }) };
}

/** Samples in a second of what a phone plays and hears. */
export const rateOf = ({ band }: Pick<Phone, 'band'>): number => (band === 'wide' ? WIDE_RATE : PHONE_RATE);

/** `phone` behind another network, whatever its own is. */
export function withNetwork(phone: Phone, network: Network): Phone {
  const { codec, otherCodecs, band, encrypted } = phone;
  return {
    codec,
    ...(otherCodecs && { otherCodecs }),
    ...(band && { band }),
    ...(encrypted && { encrypted }),
    ...network,
  };
}

/** What is between a phone and the other side: all of it that is not its handset. */
export function networkOf(phone: Phone): Network {
  const { codec: _codec, otherCodecs: _others, band: _band, encrypted: _encrypted, ...network } = phone;
  return network;
}

/** How an end sends, where it is not an ordinary telephone: its crystal, its silence, its sources. */
export interface Sender {
  /** How much faster its media clock runs than ours, parts per million. */
  readonly skewPpm?: number;
  /** While nothing plays: packets of the bed; comfort noise (RFC 3389, payload type 13); or no packets (DTX). */
  readonly silence?: 'sound' | 'comfort-noise' | 'dtx';
  /** Positions in its own media, ms, at which it goes on as another source: new SSRC, sequence and timestamps. */
  readonly newSourceAtMs?: readonly number[];
}

/** What `dial` and `accept` are told about one call. */
export interface CallContext {
  readonly clock: Clock;
  /** Aborting hangs up, or stops ringing. */
  readonly signal: AbortSignal;
  readonly phone: Phone;
  readonly seed: number;
  /** Extra signalling headers, e.g. X-Hangup-Call. */
  readonly headers: Readonly<Record<string, string>>;
  /** Goes along as User-to-User (RFC 7433). */
  readonly context?: string;
  /** Background that loops under everything sent, in place of the floor of -65 dBov noise. At the line's rate. */
  readonly bed?: Pcm;
  /** Left out for an ordinary telephone. */
  readonly sender?: Sender;
  /** How long it may ring. Default 30 s. */
  readonly ringTimeout?: Ms;
}

/** What an answerer brings to a call: nothing that only a caller can say. */
export type AnswerContext = Omit<CallContext, 'headers' | 'context' | 'ringTimeout'>;

/** A call that rings at a listener. */
export interface IncomingCall {
  readonly from: string;
  readonly to: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** User-to-User of the INVITE, decoded. */
  readonly context?: string;
  /** Who sent the caller here (Referred-By, RFC 3892); left out when nobody did. */
  readonly referredBy?: string;
  /** The listener's own open line that this call asks to take the place of (Replaces, RFC 3891): it ends when this is accepted. */
  readonly replaces?: Line;
  /** Aborted when it rings no more: answered, refused, or given up by the caller. */
  readonly over: AbortSignal;
  accept(ctx: AnswerContext): Promise<Line>;
  /** 486 busy, 603 declined, 480 unavailable. */
  reject(status: 480 | 486 | 603): Promise<void>;
}

/** A place that can be called. */
export interface Listening {
  /** Where to call it, e.g. `sip:agent@127.0.0.1:40123`. */
  readonly address: string;
  close(): Promise<void>;
}

/** A way to find a path through NATs (RFC 8489, RFC 8656): `stun:host:port` or `turn:host:port`. */
export interface IceServer {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
}

/** On whose behalf, by which way and under whose authority a line calls and answers. */
export interface Access {
  /** Digest credentials (RFC 7616), taken from the environment, never stored. */
  readonly user?: string;
  readonly password?: string;
  /** A SIP address that every call goes through, e.g. `sip:proxy.example.org;transport=tls`. */
  readonly proxy?: string;
  /** A SIP address to register at before calling or listening. */
  readonly registrar?: string;
  /** A certificate authority to trust besides the known ones, PEM. */
  readonly ca?: string;
  /** Where the other side is told to send its media to, if not to the address we bind: ours as the world sees it. */
  readonly mediaAddress?: string;
  /** Proves to a web service who we are (Bearer, RFC 6750). */
  readonly token?: string;
  /** Ways through NATs to offer beside our own addresses. */
  readonly iceServers?: readonly IceServer[];
  /** Only paths through a TURN server are to be taken. */
  readonly relayOnly?: true;
}

/** An agent's address, e.g. `sip:agent@10.0.0.5;transport=tcp` or `loopback:agent`, and how to reach it. */
export interface Target extends Access {
  readonly address: string;
  /** Extra headers of every call there. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser is shown. */
export interface Page {
  /** Its media type, e.g. `text/html; charset=utf-8`. */
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** How a listener is known to those who call it. */
export interface Presence extends Access {
  /** Its certificate and key, PEM, to be called over TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Told, in a sentence, of trouble after it began to listen: a registration that cannot be refreshed. */
  readonly trouble?: (sentence: string) => void;
  /** What is at `path` for browsers, where calls come in over HTTP; undefined for nothing. */
  readonly page?: (path: string) => Promise<Page | undefined>;
}

/** One way of calling, opened. Close it to free its sockets and threads. */
export interface Transport {
  readonly name: string;
  /** 'any' runs in virtual time too. */
  readonly time: 'real' | 'any';
  dial(target: Target, ctx: CallContext): Promise<Line>;
  listen(address: string, onCall: (call: IncomingCall) => void, presence?: Presence): Promise<Listening>;
  close(): Promise<void>;
}

/** What a file in harness/lines default-exports. */
export interface LineKind {
  readonly summary: string;
  readonly time: 'real' | 'any';
  readonly timing: Timing;
  /** The scheme of the addresses it takes, e.g. `sip`. */
  readonly scheme: string;
  /** The scheme of the line on which its calls are answered, where that is another one. */
  readonly answeredOn?: string;
  /** The address of somebody called `name`, without spaces, on this host; port 0 is a free one. Left out where nobody can listen. */
  readonly at?: (name: string, port: number) => string;
  /** What its callers offer unless they are told otherwise; left out, what each one's phone has. */
  readonly codecs?: readonly Codec[];
  open(clock: Clock): Promise<Transport>;
}
