import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { isSame, Latch } from './latch.ts';
import type { Remote } from './mail.ts';
import { parsePacket } from './packet.ts';
import type { Port } from './wire.ts';

/**
 * One UDP socket as a wire. It sends to where the signalling said until it is known where media comes from, then there,
 * over a connected socket: those send without a system call for the address, and hear nobody else.
 */
export class UdpWire implements Port {
  onPacket: ((bytes: Uint8Array) => void) | undefined;
  /** Whether a packet is the other side's own, as far as that can be told; strangers must not draw the media away. */
  isTrusted: (bytes: Uint8Array) => boolean = () => true;
  readonly #socket: Socket;
  /** What the signalling said, and where we send. */
  #described: Remote | undefined;
  #remote: Remote | undefined;
  #latch: Latch | undefined;
  #state: 'open' | 'connecting' | 'connected' = 'open';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
    socket.on('connect', () => {
      this.#state = 'connected';
    });
    // A connected socket reports ECONNREFUSED when the other side is not there yet; media goes on regardless.
    socket.on('error', () => {});
  }

  /** Binds a free port on `host`. Rejects when there is none. */
  static open(host: string): Promise<UdpWire> {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, () => {
        socket.off('error', reject);
        resolve(new UdpWire(socket));
      });
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends there from now on, and looks anew where media comes from. The same description again changes nothing. */
  aim({ host, port }: Remote): void {
    const described = { host, port };
    if (this.#described && isSame(described, this.#described)) return;
    if (this.#state === 'connected') this.#socket.disconnect();
    this.#state = 'open';
    this.#described = described;
    this.#remote = described;
    this.#latch = new Latch(described);
  }

  send(bytes: Uint8Array): void {
    if (this.#state === 'connected') this.#socket.send(bytes);
    else if (this.#remote) this.#socket.send(bytes, this.#remote.port, this.#remote.host);
  }

  close(): void {
    this.onPacket = undefined;
    this.#socket.close();
  }

  #receive(bytes: Uint8Array, from: RemoteInfo): void {
    const packet = this.#state === 'open' ? parsePacket(bytes) : undefined;
    if (packet && this.isTrusted(bytes)) {
      const found = this.#latch?.see(packet, { host: from.address, port: from.port });
      if (found) this.#lockOn(found);
    }
    this.onPacket?.(bytes);
  }

  #lockOn(remote: Remote): void {
    this.#state = 'connecting';
    this.#remote = remote;
    this.#socket.connect(remote.port, remote.host);
  }
}
