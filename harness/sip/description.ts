import type { BodyAndContentType, Session, SessionDescriptionHandler } from 'sip.js';
import type { Codec } from '../model/line.ts';
import { answering, onHold, readSdp, TELEPHONE_EVENT, writeSdp, type LocalMedia, type RemoteMedia } from './sdp.ts';

/** What both sides settled on (RFC 3264). */
export interface AgreedMedia {
  readonly host: string;
  readonly port: number;
  readonly codec: Codec;
  /** Payload type to send keys under; undefined when the other side takes none. */
  readonly sendKeysAs: number | undefined;
  /** Payload type keys arrive under. */
  readonly receiveKeysAs: number;
  /** The other side does not want to hear us just now. */
  readonly held: boolean;
}

/** One session's offers and answers, for sip.js. Media itself is opened and moved by whoever listens to `onAgreed`. */
export class Description implements SessionDescriptionHandler {
  readonly #local: LocalMedia;
  readonly #onAgreed: (media: AgreedMedia) => void;
  #theirOffer: RemoteMedia | undefined;
  #weOffered = false;
  #version = 0;

  constructor(local: LocalMedia, onAgreed: (media: AgreedMedia) => void) {
    this.#local = local;
    this.#onAgreed = onAgreed;
  }

  getDescription(): Promise<BodyAndContentType> {
    const offer = this.#theirOffer;
    this.#theirOffer = undefined;
    this.#weOffered = offer === undefined;
    this.#version += 1;
    const body = offer ? this.#answer(offer) : writeSdp(this.#local, this.#version, 'sendrecv', TELEPHONE_EVENT);
    return Promise.resolve({ body, contentType: 'application/sdp' });
  }

  /** Rejects when the two sides have no codec in common or the stream is refused; sip.js then answers 488. */
  setDescription(sdp: string): Promise<void> {
    const remote = readSdp(sdp);
    const codec = remote && this.#common(remote);
    if (!remote || !codec || remote.port === 0) {
      return Promise.reject(new Error('the other side describes no audio in G.711'));
    }
    const answered = this.#weOffered;
    this.#weOffered = false;
    if (!answered) this.#theirOffer = remote;
    this.#onAgreed({
      host: remote.host,
      port: remote.port,
      codec,
      sendKeysAs: remote.telephoneEvent,
      receiveKeysAs: answered ? TELEPHONE_EVENT : (remote.telephoneEvent ?? TELEPHONE_EVENT),
      held: onHold(remote),
    });
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

  #common(remote: RemoteMedia): Codec | undefined {
    return remote.codecs.find((codec) => this.#local.codecs.includes(codec));
  }

  #answer(offer: RemoteMedia): string {
    const codec = this.#common(offer);
    const media = { ...this.#local, codecs: codec ? [codec] : [] };
    return writeSdp(media, this.#version, answering[offer.direction], offer.telephoneEvent);
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
