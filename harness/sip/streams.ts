import { connect, createServer, isIP, type Server, type Socket } from 'node:net';
import { connect as connectSecurely, createServer as createSecureServer, getCACertificates } from 'node:tls';
import { within } from '../clock/within.ts';
import { ms, type Clock } from '../model/time.ts';
import type { Destination } from './destination.ts';
import { Frames } from './frames.ts';
import { headOf } from './message.ts';
import type { NotPlaced } from './not-placed.ts';
import { troubleWith, type Stage } from './trouble.ts';
import { bareHost, type Protocol } from './uri.ts';
import { viaOf } from './via.ts';

/** A listening TCP port, which speaks TLS with whoever begins so, and every connection made from or to it. */
export interface StreamPort {
  readonly port: number;
  /** Opens a connection there, unless one is open. Rejects with NotPlaced. */
  reach(to: Destination): Promise<void>;
  /**
   * Sends over the connection with that peer, or over a new one, what `compose` makes of the port we can be reached at
   * from there. Rejects with NotPlaced when no connection can be had.
   */
  send(compose: (port: number) => string, to: Destination): Promise<void>;
  close(): Promise<void>;
}

/** Where a message came from. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** What TLS is spoken with; everything is PEM. */
export interface TlsTerms {
  /** Our own certificate and its key, for those who call us over TLS; without them TLS is not answered. */
  readonly own?: { readonly cert: string; readonly key: string };
  /** An authority to trust besides those Node trusts. */
  readonly ca?: string;
}

/** Where and how a stream port is opened. */
export interface StreamPlan {
  readonly clock: Clock;
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  readonly tls: TlsTerms;
  readonly onMessage: (text: string, from: Peer) => void;
}

/** How long a connection may take to come about, TLS included. */
const CONNECT_PATIENCE = ms(5_000);

/** The first byte of a TLS connection (RFC 8446 5.1: a handshake record); no SIP message begins with it. */
const TLS_HANDSHAKE = 0x16;

/** Binds `port` for TCP. Rejects with the system's error, e.g. EADDRINUSE, or OpenSSL's for an unusable certificate. */
export async function openStreams(plan: StreamPlan): Promise<StreamPort> {
  const { own } = plan.tls;
  const streams = new Streams(plan);
  const secure =
    own &&
    createSecureServer(own, (socket) => {
      streams.shut(socket);
      streams.adopt(socket, 'tls');
    });
  // A handshake that fails is the peer's affair; its socket is closed by then.
  secure?.on('tlsClientError', () => undefined);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    streams.shut(socket);
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] !== TLS_HANDSHAKE) streams.adopt(socket, 'tcp');
      else if (secure) secure.emit('connection', socket);
      else socket.destroy();
    });
  });
  const port = await listening(server, bareHost(plan.host), plan.port);
  return {
    port,
    reach: async (to) => void (await streams.to(to)),
    send: async (compose, to) => {
      const socket = await streams.to(to);
      // Without a certificate nobody can connect to us over TLS: what is meant for us must come by this connection.
      const reached = to.protocol === 'tls' && !own ? (socket.localPort ?? port) : port;
      return written(socket, compose(reached));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        streams.close();
      }),
  };
}

/** The connections of one port, by protocol and peer. */
class Streams {
  readonly #plan: StreamPlan;
  readonly #known = new Map<string, Socket>();
  readonly #opening = new Map<string, Promise<Socket>>();
  readonly #all = new Set<Socket>();

  constructor(plan: StreamPlan) {
    this.#plan = plan;
  }

  /** Reads SIP from `socket` and answers over it from now on. */
  adopt(socket: Socket, protocol: Protocol): void {
    const from = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const frames = new Frames();
    this.#known.set(keyOf({ protocol, host: from.address, port: from.port }), socket);
    // Signalling is small and answered at once: waiting to fill a segment costs 40 ms a message.
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      try {
        for (const message of frames.push(bytes)) {
          this.#alias(message, from.address, protocol, socket);
          this.#plan.onMessage(message, from);
        }
      } catch {
        socket.destroy();
      }
    });
    socket.resume();
  }

  /** Closes `socket` with the others, and forgets it when it has closed. */
  shut(socket: Socket): void {
    this.#all.add(socket);
    socket.on('close', () => {
      this.#all.delete(socket);
      for (const [key, other] of this.#known) if (other === socket) this.#known.delete(key);
    });
  }

  /** The connection to `to`, opened if need be. Rejects with NotPlaced. */
  to(to: Destination): Promise<Socket> {
    const key = keyOf(to);
    const known = this.#known.get(key);
    if (known && !known.destroyed) return Promise.resolve(known);
    const opening = this.#opening.get(key) ?? this.#open(to).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  close(): void {
    for (const socket of this.#all) socket.destroy();
  }

  async #open(to: Destination): Promise<Socket> {
    const socket = begun(to, this.#plan.tls.ca);
    this.shut(socket);
    let stage = 'connecting' as Stage;
    socket.once('connect', () => {
      stage = 'handshake';
    });
    try {
      const done = await within(this.#plan.clock, CONNECT_PATIENCE, ready(socket, to.protocol));
      if (done === undefined) throw stage === 'handshake' ? new Error('no TLS answer') : silent(to);
    } catch (error) {
      socket.destroy();
      throw troubleWith(error, to, stage);
    }
    this.adopt(socket, to.protocol);
    this.#known.set(keyOf(to), socket);
    return socket;
  }

  /**
   * A peer that says which port it listens on is answered over the connection it has with us already (RFC 5923):
   * one that only calls over TLS could not be connected to.
   */
  #alias(message: string, host: string, protocol: Protocol, socket: Socket): void {
    const port = headOf(message)?.method === undefined ? undefined : viaOf(message)?.port;
    const key = port === undefined ? undefined : keyOf({ protocol, host, port });
    if (key !== undefined && !this.#known.has(key)) this.#known.set(key, socket);
  }
}

const keyOf = ({ protocol, host, port }: Destination): string => `${protocol} ${bareHost(host)} ${port}`;

const silent = (to: Destination): NotPlaced =>
  troubleWith(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }), to);

function begun({ protocol, host, port }: Destination, ca: string | undefined): Socket {
  const bare = bareHost(host);
  if (protocol !== 'tls') return connect(port, bare);
  return connectSecurely({
    host: bare,
    port,
    // A name goes along so that a server of many can pick its certificate (RFC 6066 3); addresses may not.
    ...(isIP(bare) === 0 && { servername: bare }),
    ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
  });
}

function ready(socket: Socket, protocol: Protocol): Promise<true> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once(protocol === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject);
      resolve(true);
    });
  });
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Each family has a port of its own: what is bound to :: must not take IPv4 along under another name.
    server.listen({ port, host, ipv6Only: true }, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function written(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(text, 'utf8', (error) => (error ? reject(error) : resolve()));
  });
}
