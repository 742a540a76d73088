import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Fate, Network } from '../model/network.ts';
import { isSame } from './latch.ts';
import type { Remote } from './mail.ts';
import { impaired, type Timer, type Wire } from './wire.ts';

/** What a datagram between two ICE agents is, by its first byte (RFC 7983 section 7). */
export const isStun = (bytes: Uint8Array): boolean => (bytes[0] ?? 255) <= 3;
/** RTP or RTCP, encrypted. */
export const isMedia = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >= 128 && (bytes[0] ?? 0) <= 191;

/** How a relay treats what passes it. */
export interface RelaySetup {
  /** The address both its ports are bound to, e.g. `127.0.0.1`. */
  readonly host: string;
  readonly network: Network;
  readonly seed: number;
  readonly timer: Timer;
  readonly note: (fate: Fate) => void;
  /** Which datagrams are impaired; the others pass untouched. Left out: media alone, so that a connection is made and kept. */
  readonly impairs?: (bytes: Uint8Array) => boolean;
}

/**
 * An impaired network between two ICE agents: one port for each, and what comes in at one goes out at the other. Our own
 * agent is told that the other one is at `near`, the other one that ours is at `far` (harness/webrtc/candidates.ts).
 * `out` is what our own sends.
 */
export class Relay {
  readonly #near: Side;
  readonly #far: Side;

  private constructor(near: Side, far: Side, { network, seed, timer, note, impairs = isMedia }: RelaySetup) {
    this.#near = near;
    this.#far = far;
    const inner: Wire = { send: (bytes) => far.send(bytes), onPacket: undefined };
    const road = impaired(inner, network, seed, timer, note);
    road.onPacket = (bytes) => near.send(bytes);
    near.onDatagram = (bytes) => (impairs(bytes) ? road : far).send(bytes);
    far.onDatagram = (bytes) => (impairs(bytes) ? inner.onPacket?.(bytes) : near.send(bytes));
  }

  /** Binds two free ports. Rejects when there are none. */
  static async open(setup: RelaySetup): Promise<Relay> {
    const near = await Side.open(setup.host);
    const far = await Side.open(setup.host).catch((reason: unknown) => {
      near.close();
      throw reason;
    });
    return new Relay(near, far, setup);
  }

  /** Where our own agent finds the other one, and the other one ours. */
  get near(): Remote {
    return this.#near.address;
  }
  get far(): Remote {
    return this.#far.address;
  }

  /** Our own agent's candidates: that is where what comes for it may go. */
  expectOurs(candidates: readonly Remote[]): void {
    this.#near.expect(candidates);
  }

  expectTheirs(candidates: readonly Remote[]): void {
    this.#far.expect(candidates);
  }

  close(): void {
    this.#near.close();
    this.#far.close();
  }
}

/** A port of the relay, and the agent behind it: where its last connectivity check came from, or all its candidates until then. */
class Side {
  onDatagram: (bytes: Uint8Array) => void = () => {};
  readonly address: Remote;
  readonly #socket: Socket;
  #expected: readonly Remote[] = [];
  #found: Remote | undefined;
  #closed = false;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.address = { host, port: socket.address().port };
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
    // A peer that is gone answers with ECONNREFUSED; its connection finds out by itself.
    socket.on('error', () => {});
  }

  static open(host: string): Promise<Side> {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, () => {
        socket.off('error', reject);
        resolve(new Side(socket, host));
      });
    });
  }

  expect(candidates: readonly Remote[]): void {
    const known = this.#expected;
    this.#expected = [...known, ...candidates.filter((one) => !known.some((other) => isSame(one, other)))];
  }

  send(bytes: Uint8Array): void {
    if (this.#closed) return;
    const to = this.#found ? [this.#found] : isStun(bytes) ? this.#expected : [];
    for (const { host, port } of to) this.#socket.send(bytes, port, host);
  }

  close(): void {
    if (!this.#closed) this.#socket.close();
    this.#closed = true;
  }

  /** Only a connectivity check says where the agent is; media from anywhere else is a stranger's. */
  #receive(bytes: Uint8Array, { address, port }: RemoteInfo): void {
    const from = { host: address, port };
    if (isStun(bytes)) this.#found = from;
    else if (!this.#found || !isSame(from, this.#found)) return;
    this.onDatagram(bytes);
  }
}
