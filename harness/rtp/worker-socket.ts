import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Remote } from './mail.ts';
import { parsePacket } from './packet.ts';
import type { Wire } from './wire.ts';

/**
 * One UDP socket as a wire. It sends to where the signalling said until media arrives, then to where that came from
 * (symmetric RTP, RFC 4961), over a connected socket: those send without a system call for the address.
 */
export class UdpWire implements Wire {
  onPacket: ((bytes: Uint8Array) => void) | undefined;
  readonly #socket: Socket;
  #remote: Remote | undefined;
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

  aim(remote: Remote): void {
    if (remote.host === this.#remote?.host && remote.port === this.#remote.port) return;
    if (this.#state === 'connected') this.#socket.disconnect();
    this.#state = 'open';
    this.#remote = remote;
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
    if (this.#state === 'open' && this.#remote && parsePacket(bytes)) {
      this.#state = 'connecting';
      this.#remote = { host: from.address, port: from.port };
      this.#socket.connect(from.port, from.address);
    }
    this.onPacket?.(bytes);
  }
}
