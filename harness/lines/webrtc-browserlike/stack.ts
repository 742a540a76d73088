import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../model/errors.ts';
import type { IceServer } from '../../model/line.ts';
import type { PulledLeg } from '../../rtp/pulled-leg.ts';
import type { FromBrowserlike, ToBrowserlike } from '../../webrtc/browserlike-mail.ts';
import { PeerTrouble } from '../../webrtc/peer.ts';
import type { Placed } from '../../webrtc/signalling/signalling.ts';
import type { Sign, Stack } from '../pulled/line.ts';

/** One call of node-webrtc in a process of its own: its audio by `leg`. */
export class Browserlike implements Stack {
  readonly #child: ChildProcess;
  readonly #leg: PulledLeg;
  readonly #offered = Promise.withResolvers<string>();
  readonly #connected = Promise.withResolvers<void>();
  readonly #exited: Promise<void>;
  #closing = false;
  /** Ends the call by its signalling, once there is one. */
  placed: Placed | undefined;
  onSign: (sign: Sign) => void = () => undefined;
  onTrouble: (sentence: string) => void = () => undefined;
  onGone: (sentence: string) => void = () => undefined;

  constructor(leg: PulledLeg) {
    this.#leg = leg;
    const file = import.meta.url.endsWith('.ts') ? 'browserlike-worker.ts' : 'browserlike-worker.js';
    this.#child = fork(fileURLToPath(new URL(`../../webrtc/${file}`, import.meta.url)), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Nobody may be waiting when it fails.
    this.#connected.promise.catch(() => undefined);
    this.#offered.promise.catch(() => undefined);
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    void this.#exited.then(() => this.#gone());
    this.#child.on('message', (mail) => this.#take(mail as FromBrowserlike));
  }

  /** Its offer, all candidates in it. Rejects with UsageError when the package is missing. */
  offer(about: { channel: string; iceServers: readonly IceServer[]; rate: number; zeroNs: bigint }): Promise<string> {
    this.#send({ do: 'offer', ...about });
    return this.#offered.promise;
  }

  /** Takes the answer. Resolves when the call stands; rejects with PeerTrouble when it never will. */
  settle(sdp: string): Promise<void> {
    this.#send({ do: 'settle', sdp });
    return this.#connected.promise;
  }

  key(): void {
    this.onTrouble('a key was not sent: this line has no way to press one');
  }

  say(text: string): void {
    this.#send({ do: 'say', text });
  }

  stats(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async goodbye(): Promise<void> {
    await this.placed?.hangUp().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#send({ do: 'close' });
    await this.#exited;
  }

  #send(order: ToBrowserlike): void {
    // A process that is gone takes no orders; that it is gone is heard of by itself.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  #take(mail: FromBrowserlike): void {
    if (mail.what === 'offered') this.#offered.resolve(mail.sdp);
    else if (mail.what === 'missing') this.#fail(new UsageError(MISSING));
    else if (mail.what === 'trouble') this.#fail(new PeerTrouble(`the browser-like stack says: ${mail.sentence}`));
    else if (mail.what === 'pull') this.#send({ do: 'supply', ...this.#leg.pull(mail) });
    else {
      if (mail.what === 'state' && mail.state === 'connected') this.#connected.resolve();
      if (mail.what === 'state' && mail.state === 'failed')
        this.#fail(new PeerTrouble('no path to the other side was found'));
      this.onSign(mail);
    }
  }

  #gone(): void {
    this.#fail(new PeerTrouble('the process of the browser-like stack ended before the call did'));
    if (!this.#closing) this.onGone('the process of the browser-like stack ended before the call did');
  }

  #fail(error: Error): void {
    this.#offered.reject(error);
    this.#connected.reject(error);
    this.onTrouble(error.message);
  }
}

const MISSING =
  'the webrtc-browserlike line needs the package @roamhq/wrtc; install it with: npm install @roamhq/wrtc@0.10.0';
