import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { bareHost } from './uri.ts';

/** A bound UDP port. */
export interface UdpPort {
  readonly port: number;
  /** Makes sure that there is such a host. Rejects with the name server's error. */
  reach(host: string): Promise<void>;
  /** Rejects when the datagram could not be handed to the network. */
  send(text: string, host: string, port: number): Promise<void>;
  close(): Promise<void>;
}

/** Binds `port` (0 for any). Rejects with the system's error, e.g. EADDRINUSE. */
export async function openUdp(
  host: string,
  port: number,
  onDatagram: (text: string, from: RemoteInfo) => void,
): Promise<UdpPort> {
  const socket = createSocket(isIPv6(bareHost(host)) ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' });
  await bound(socket, bareHost(host), port);
  socket.on('message', (bytes, from) => onDatagram(bytes.toString('utf8'), from));
  // An ICMP error about one peer must not end the calls with the others.
  socket.on('error', () => undefined);
  let open = true;
  return {
    port: socket.address().port,
    reach: async (to) => void (await lookup(bareHost(to), isIPv6(bareHost(host)) ? 6 : 4)),
    send: (text, to, toPort) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new Error('the SIP port is closed'));
        socket.send(Buffer.from(text, 'utf8'), toPort, bareHost(to), (error) => (error ? reject(error) : resolve()));
      }),
    close: () =>
      new Promise((resolve) => {
        if (!open) return resolve();
        open = false;
        socket.close(() => resolve());
      }),
  };
}

/** Our own address towards `host`, found without sending it anything. Rejects when the name is unknown or unrouted. */
export async function localAddressTowards(host: string, port: number): Promise<string> {
  const { address, family } = await lookup(bareHost(host));
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await connected(socket, address, port);
    return socket.address().address;
  } finally {
    socket.close();
  }
}

/**
 * Resolves true when the host says that nobody listens on this UDP port (ICMP port unreachable), false when `signal`
 * aborts first. It costs one keep-alive of RFC 5626 (CR LF CR LF): only a connected socket is told of ICMP errors.
 */
export function refusesUdp(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  const socket = createSocket(isIPv6(bareHost(host)) ? 'udp6' : 'udp4');
  return new Promise<boolean>((resolve) => {
    const settle = (refused: boolean): void => resolve(refused);
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'));
    signal.addEventListener('abort', () => settle(false), { once: true });
    if (signal.aborted) return settle(false);
    socket.connect(port, bareHost(host), () => {
      if (!signal.aborted) socket.send('\r\n\r\n', () => undefined);
    });
  }).finally(() => socket.close());
}

function bound(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
}

function connected(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, host, resolve);
  });
}
