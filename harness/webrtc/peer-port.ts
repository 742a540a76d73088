import { Audio, PeerConnection, type DataChannel, type Track } from 'node-datachannel';
import type { Port } from '../rtp/wire.ts';
import type { AudioPlan, Candidate, PeerNews, PeerOrder, PeerPlan } from './mail.ts';

/**
 * One peer connection as a leg's port: RTP goes in and out by its audio track, encrypted by the library. It lives in the
 * media process; signalling reaches it as orders and leaves it as news.
 */
export class PeerPort implements Port {
  readonly port = 0;
  onPacket: ((bytes: Uint8Array) => void) | undefined;
  /** Nothing comes through DTLS-SRTP that is not the other side's own. */
  isTrusted: (bytes: Uint8Array) => boolean = () => true;
  readonly #connection: PeerConnection;
  readonly #tell: (news: PeerNews) => void;
  #track: Track | undefined;
  #channel: DataChannel | undefined;
  /** What was to be said before the data channel opened. */
  #unsaid: string[] = [];
  #closed = false;

  constructor(name: string, { iceServers, bind, relayOnly }: PeerPlan, tell: (news: PeerNews) => void) {
    this.#tell = (news) => {
      if (!this.#closed) tell(news);
    };
    this.#connection = new PeerConnection(name, {
      iceServers: iceServers.map(({ url, user, password }) => withAccount(url, user, password)),
      disableAutoNegotiation: true,
      ...(bind !== undefined && { bindAddress: bind }),
      ...(relayOnly && { iceTransportPolicy: 'relay' as const }),
    });
    this.#listen();
  }

  /** Where media goes is found by ICE alone. */
  aim(): void {
    return undefined;
  }

  send(bytes: Uint8Array): void {
    if (this.#track?.isOpen()) this.#track.sendMessageBinary(bytes as Buffer);
  }

  obey(order: object): void {
    try {
      this.#do(order as PeerOrder);
    } catch (error) {
      this.#tell({ what: 'trouble', sentence: error instanceof Error ? error.message : String(error) });
    }
  }

  close(): void {
    this.#closed = true;
    this.onPacket = undefined;
    this.#connection.close();
  }

  #do(order: PeerOrder): void {
    switch (order.do) {
      case 'offer':
        this.#bring(order.audio);
        if (order.channel !== undefined) this.#use(this.#connection.createDataChannel(order.channel));
        return this.#connection.setLocalDescription('offer');
      case 'answer':
        this.#bring(order.audio);
        this.#connection.setRemoteDescription(order.sdp, 'offer');
        return this.#connection.setLocalDescription('answer');
      case 'settle':
        return this.#connection.setRemoteDescription(order.sdp, 'answer');
      case 'candidate':
        return this.#connection.addRemoteCandidate(order.candidate, order.mid);
      case 'say':
        return this.#say(order.text);
    }
  }

  /** Adds our audio track; one that already stands is described anew. */
  #bring({ mid, formats, ssrc }: AudioPlan): void {
    const audio = new Audio(mid, 'SendRecv');
    for (const { payloadType, encoding, parameters } of formats) {
      if (parameters === undefined) audio.addAudioCodec(payloadType, encoding);
      else audio.addAudioCodec(payloadType, encoding, parameters);
    }
    audio.addSSRC(ssrc, 'hangup', 'hangup', `hangup-${mid}`);
    const track = this.#connection.addTrack(audio);
    track.onMessage((bytes) => this.onPacket?.(bytes));
    track.onOpen(() => this.#tell({ what: 'open' }));
    this.#track = track;
  }

  #say(text: string): void {
    if (this.#channel?.isOpen()) this.#channel.sendMessage(text);
    else this.#unsaid.push(text);
  }

  #opened(label: string): void {
    this.#tell({ what: 'channel-open', label });
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    for (const text of unsaid) this.#say(text);
  }

  #use(channel: DataChannel): void {
    this.#channel = channel;
    const label = channel.getLabel();
    channel.onOpen(() => this.#opened(label));
    channel.onClosed(() => this.#tell({ what: 'channel-closed' }));
    channel.onMessage((said) => {
      const text = typeof said === 'string' ? said : new TextDecoder().decode(said);
      this.#tell({ what: 'said', label, text });
    });
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onLocalDescription((sdp) => this.#tell({ what: 'described', sdp }));
    connection.onLocalCandidate((candidate, mid) => this.#tell({ what: 'candidate', ...named(candidate, mid) }));
    connection.onGatheringStateChange((state) => {
      const sdp = connection.localDescription()?.sdp;
      if (state === 'complete' && sdp !== undefined) this.#tell({ what: 'gathered', sdp });
    });
    connection.onIceStateChange((state) => this.#tell({ what: 'path', state }));
    connection.onStateChange((state) => this.#tell({ what: 'state', state }));
    connection.onDataChannel((channel) => {
      this.#use(channel);
      this.#opened(channel.getLabel());
    });
  }
}

const named = (candidate: string, mid: string): Candidate => ({ candidate: candidate.replace(/^a=/, ''), mid });

/** An ICE server's address as the library takes it: with the account in it (RFC 3986 userinfo). */
function withAccount(url: string, user: string | undefined, password: string | undefined): string {
  if (user === undefined || password === undefined) return url;
  return url.replace(/^(turns?:)/i, `$1${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}
