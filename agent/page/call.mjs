// @ts-check
/**
 * Where she is sent, and in the place of which call there.
 * @typedef {{ id: number, to: string, context?: string, replaces?: string }} Referral
 */
/**
 * What a call tells whoever made it.
 * @typedef {object} CallNews
 * @property {(stream: MediaStream) => void} heard The agent's voice.
 * @property {() => void} open Both sides can speak.
 * @property {(message: { type: string, data?: any }) => void} said A message of RTVI.
 * @property {(referral: Referral) => void} sent She is sent on to another address.
 * @property {(trouble: string | undefined) => void} over Told once; with a sentence when neither side hung up.
 */

/** A call that cannot come about or breaks, in one sentence for the person. */
export class CallTrouble extends Error {}

const BROKEN = 'The connection to the agent broke; call again.';
const GONE = 'The agent cannot be reached: its server does not answer. Start it again, then call.';

/** A call to the agent: WHIP (RFC 9725) for the audio, and a data channel for what is said about it. */
export class Call {
  /** @type {RTCPeerConnection} */
  #peer = new RTCPeerConnection();
  /** @type {RTCDataChannel} */
  #channel = this.#peer.createDataChannel('rtvi-ai');
  /** @type {CallNews} */
  #news;
  /** @type {URL | undefined} */
  #place;
  /** @type {RTCDTMFSender | null} */
  #keys = null;
  #isOver = false;

  /** @param {CallNews} news */
  constructor(news) {
    this.#news = news;
    this.#peer.addEventListener('track', ({ track }) => news.heard(new MediaStream([track])));
    this.#peer.addEventListener('connectionstatechange', () => {
      const { connectionState } = this.#peer;
      if (connectionState === 'failed') this.#end(BROKEN);
      if (connectionState === 'closed') this.#end(undefined);
    });
    this.#channel.addEventListener('open', () => this.#opened());
    // Only who hangs up closes it.
    this.#channel.addEventListener('close', () => this.#end(undefined));
    this.#channel.addEventListener('message', ({ data }) => this.#take(String(data)));
  }

  /** Whether keys can be sent. */
  get takesKeys() {
    return this.#keys?.canInsertDTMF ?? false;
  }

  /**
   * Calls `url` with `microphone`. Rejects with CallTrouble.
   * @param {URL} url
   * @param {MediaStream} microphone
   * @param {Record<string, string>} [headers]
   */
  async dial(url, microphone, headers = {}) {
    try {
      for (const track of microphone.getAudioTracks()) this.#keys = this.#peer.addTrack(track, microphone).dtmf;
      await this.#peer.setLocalDescription();
      await this.#gathered();
      const body = this.#peer.localDescription?.sdp ?? '';
      const type = { 'content-type': 'application/sdp' };
      const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...type }, body }).catch(() => {
        throw new CallTrouble(GONE);
      });
      const sdp = await answer.text();
      if (!answer.ok) throw new CallTrouble(`The agent did not take the call: ${sdp || answer.statusText}.`);
      this.#place = new URL(answer.headers.get('location') ?? '', url);
      if (this.#isOver) return await this.#leave();
      await this.#peer.setRemoteDescription({ type: 'answer', sdp });
    } catch (error) {
      this.#isOver = true;
      this.#peer.close();
      throw error;
    }
  }

  /** @param {string} key */
  press(key) {
    this.#keys?.insertDTMF(key, 100, 50);
  }

  /**
   * How a transfer went: what a final NOTIFY is to a telephone.
   * @param {number} id
   * @param {number} status
   * @param {string} detail
   */
  report(id, status, detail) {
    this.#say({ type: 'hangup-refer-outcome', id, status, detail });
  }

  async hangUp() {
    this.#end(undefined);
    await this.#leave();
  }

  async #leave() {
    // A server that is gone has forgotten the call already.
    if (this.#place) await fetch(this.#place, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  #opened() {
    const about = { library: 'hangup-talk-page' };
    this.#say({ label: 'rtvi-ai', type: 'client-ready', id: 'page', data: { version: '2.1.0', about } });
    this.#news.open();
  }

  /** @param {string} text */
  #take(text) {
    const message = JSON.parse(text);
    if (message.label === 'rtvi-ai') this.#news.said(message);
    if (message.type === 'hangup-refer') this.#news.sent(message);
  }

  /** @param {object} message */
  #say(message) {
    if (this.#channel.readyState === 'open') this.#channel.send(JSON.stringify(message));
  }

  async #gathered() {
    if (this.#peer.iceGatheringState === 'complete') return;
    await new Promise((resolve) => {
      this.#peer.addEventListener('icegatheringstatechange', () => {
        if (this.#peer.iceGatheringState === 'complete') resolve(undefined);
      });
    });
  }

  /** @param {string | undefined} trouble */
  #end(trouble) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#peer.close();
    this.#news.over(trouble);
  }
}
