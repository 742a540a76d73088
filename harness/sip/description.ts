import type { BodyAndContentType, Session, SessionDescriptionHandler } from 'sip.js';
import type { Codec } from '../model/line.ts';
import { CRYPTO_SUITES, newMasterKey, type SrtpKeys } from '../rtp/srtp-keys.ts';
import type { Crypto } from './crypto.ts';
import {
  answering,
  keysBeside,
  namesIn,
  numbered,
  onHold,
  readSdp,
  writeSdp,
  type MediaDescription,
  type NumberedCodec,
  type NumberedKeys,
} from './sdp.ts';

/** Our end of the media, as a description tells it. */
export interface LocalMedia {
  /** Where the other side is told to send to. */
  readonly host: string;
  readonly port: number;
  /** In order of preference. */
  readonly codecs: readonly Codec[];
  /** Encrypted, or not at all (SDES, RFC 4568). Left out, we offer plain RTP, and encrypt when we are asked to. */
  readonly encrypted?: true;
}

/** What both sides settled on (RFC 3264). */
export interface AgreedMedia {
  readonly host: string;
  readonly port: number;
  readonly codec: Codec;
  /** Payload type of what we send. */
  readonly payloadType: number;
  /** How to send keys; undefined when the other side takes none. */
  readonly keys: NumberedKeys | undefined;
  /** What may come in: codecs and keys by the numbers either side gave them. */
  readonly accepts: { readonly codecs: Readonly<Record<number, Codec>>; readonly events: readonly number[] };
  /** Undefined for plain RTP. */
  readonly srtp: SrtpKeys | undefined;
  /** The other side does not want to hear us just now. */
  readonly held: boolean;
}

/** One session's offers and answers, for sip.js. Media itself is opened and moved by whoever listens to `onAgreed`. */
export class Description implements SessionDescriptionHandler {
  readonly #local: LocalMedia;
  readonly #onAgreed: (media: AgreedMedia) => void;
  /** One key for each way to encrypt, for as long as the session lasts. */
  readonly #cryptos: readonly Crypto[];
  #theirOffer: MediaDescription | undefined;
  #weOffered = false;
  #version = 0;
  #refusal: string | undefined;

  constructor(local: LocalMedia, onAgreed: (media: AgreedMedia) => void) {
    this.#local = local;
    this.#onAgreed = onAgreed;
    this.#cryptos = CRYPTO_SUITES.map((suite, i) => ({ tag: i + 1, key: newMasterKey(suite) }));
  }

  /** Why the other side's description was of no use; undefined as long as none was. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** Why `offer` would be refused; undefined when it would not. */
  wouldRefuse(offer: string): string | undefined {
    return this.#whyNot(readSdp(offer), offer);
  }

  getDescription(): Promise<BodyAndContentType> {
    const offer = this.#theirOffer;
    this.#theirOffer = undefined;
    this.#weOffered = offer === undefined;
    this.#version += 1;
    const body = writeSdp(offer ? this.#answer(offer) : this.#offer(), this.#version);
    return Promise.resolve({ body, contentType: 'application/sdp' });
  }

  /** Rejects when the two sides have no audio in common; sip.js then answers 488, or hangs up. */
  setDescription(sdp: string): Promise<void> {
    const remote = readSdp(sdp);
    this.#refusal = this.#whyNot(remote, sdp);
    if (!remote || this.#refusal !== undefined) return Promise.reject(new Error(this.#refusal));
    const agreed = this.#agreed(remote);
    if (!this.#weOffered) this.#theirOffer = remote;
    this.#weOffered = false;
    this.#onAgreed(agreed);
    return Promise.resolve();
  }

  hasDescription(contentType: string): boolean {
    return /^application\/sdp\b/i.test(contentType);
  }

  /** Keys go by RTP, not through sip.js. */
  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    this.#theirOffer = undefined;
  }

  #agreed(remote: MediaDescription): AgreedMedia {
    const chosen = this.#common(remote) as NumberedCodec;
    const ours = numbered(this.#local.codecs);
    const numbers = [...ours.codecs, ...remote.codecs.filter(({ codec }) => this.#local.codecs.includes(codec))];
    return {
      host: remote.host,
      port: remote.port,
      ...chosen,
      keys: keysBeside(remote, chosen.codec),
      accepts: {
        codecs: Object.fromEntries(numbers.map(({ payloadType, codec }) => [payloadType, codec])),
        events: [...new Set([...ours.keys, ...remote.keys].map(({ payloadType }) => payloadType))],
      },
      srtp: this.#srtp(remote),
      held: onHold(remote),
    };
  }

  #whyNot(remote: MediaDescription | undefined, sdp: string): string | undefined {
    const { codecs, encrypted } = this.#local;
    if (!remote || remote.port === 0) return 'the other side describes no audio over RTP';
    if (!this.#common(remote)) {
      const theirs = namesIn(sdp).join(', ') || 'none by name';
      return `no common codec: we take ${codecs.join(', ')}, the other side ${theirs}`;
    }
    const keyed = this.#srtp(remote) !== undefined;
    if (encrypted && !keyed) return 'we want encrypted audio, and the other side brings no key for it that we can use';
    if (remote.profile === 'RTP/SAVP' && !keyed) {
      return 'the other side wants encrypted audio, and brings no key for it that we can use';
    }
    return undefined;
  }

  /** The first of their codecs that is ours too: whoever offers decides. */
  #common(remote: MediaDescription): NumberedCodec | undefined {
    return remote.codecs.find(({ codec }) => this.#local.codecs.includes(codec));
  }

  /** The keys of both directions; undefined when the other side names none, or answers with some that we never asked for. */
  #srtp(remote: MediaDescription): SrtpKeys | undefined {
    if (this.#weOffered && !this.#local.encrypted) return undefined;
    const theirs = remote.cryptos[0]?.key;
    const ours = this.#cryptos.find(({ key }) => key.suite === theirs?.suite)?.key;
    return theirs && ours && { send: ours, receive: theirs };
  }

  #offer(): MediaDescription {
    const { host, port, codecs, encrypted } = this.#local;
    return {
      host,
      port,
      profile: encrypted ? 'RTP/SAVP' : 'RTP/AVP',
      ...numbered(codecs),
      cryptos: encrypted ? this.#cryptos : [],
      direction: 'sendrecv',
    };
  }

  /** The chosen codec under the offer's own numbers, and keys on its clock (RFC 3264 section 6.1). */
  #answer(offer: MediaDescription): MediaDescription {
    const { host, port } = this.#local;
    const chosen = this.#common(offer);
    const keys = chosen && keysBeside(offer, chosen.codec);
    const theirs = offer.cryptos[0];
    const ours = this.#cryptos.find(({ key }) => key.suite === theirs?.key.suite);
    return {
      host,
      port,
      profile: offer.profile,
      codecs: chosen ? [chosen] : [],
      keys: keys ? [keys] : [],
      cryptos: theirs && ours ? [{ tag: theirs.tag, key: ours.key }] : [],
      direction: answering[offer.direction],
    };
  }
}

const descriptions = new WeakMap<Session, Description>();

/** Says which description a session uses; before it invites or accepts. */
export const describe = (session: Session, description: Description): void =>
  void descriptions.set(session, description);

/** The description of a session; sip.js asks for it when it first needs one. */
export function descriptionOf(session: Session): Description {
  const description = descriptions.get(session);
  if (!description) throw new Error('a session was used before it was given media');
  return description;
}
