import { connect, createServer, type Server, type Socket } from 'node:net';
import { Frames } from './frames.ts';
import { bareHost } from './uri.ts';

/** A listening TCP port and every connection made from or to it. */
export interface TcpPort {
  readonly port: number;
  /** Sends over the connection with that peer, or over a new one. Rejects when none can be had. */
  send(text: string, host: string, port: number): Promise<void>;
  close(): Promise<void>;
}

/** Where a message came from. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Binds `port` (0 for any). Rejects with the system's error, e.g. EADDRINUSE. */
export async function openTcp(
  host: string,
  port: number,
  onMessage: (text: string, from: Peer) => void,
): Promise<TcpPort> {
  const connections = new Map<string, Socket>();
  const adopt = (socket: Socket): void => {
    const from = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const frames = new Frames();
    connections.set(keyOf(from.address, from.port), socket);
    // Signalling is small and answered at once: waiting to fill a segment costs 40 ms a message.
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      for (const [known, other] of connections) if (other === socket) connections.delete(known);
    });
    socket.on('data', (bytes) => {
      try {
        for (const message of frames.push(bytes)) onMessage(message, from);
      } catch {
        socket.destroy();
      }
    });
  };
  const server = createServer(adopt);
  const bound = await listening(server, bareHost(host), port);
  const connectionTo = async (to: string, toPort: number): Promise<Socket> => {
    const known = connections.get(keyOf(to, toPort));
    if (known && !known.destroyed) return known;
    const socket = await connected(bareHost(to), toPort);
    adopt(socket);
    connections.set(keyOf(to, toPort), socket);
    return socket;
  };
  return {
    port: bound,
    send: async (text, to, toPort) => written(await connectionTo(bareHost(to), toPort), text),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections.values()) socket.destroy();
      }),
  };
}

const keyOf = (address: string, port: number): string => `${address} ${port}`;

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function written(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(text, 'utf8', (error) => (error ? reject(error) : resolve()));
  });
}
