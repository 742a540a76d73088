import type OpenAI from 'openai';
import type { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { within } from '../../harness/clock/within.ts';
import { realClock } from '../../harness/clock/real.ts';
import { ms } from '../../harness/model/time.ts';

/** Where a session is held, and how. */
export interface LinkOrders {
  readonly client: OpenAI;
  readonly model: string;
  /** A certificate authority to trust besides the known ones, PEM. */
  readonly ca: string | undefined;
  readonly session: Extract<RealtimeClientEvent, { type: 'session.update' }>['session'];
}

/** How long a server may take to open a session. */
const OPEN_WITHIN = ms(15_000);
const outside = realClock();

/** One Realtime session by the official client, opened and set up. */
export class Link {
  /** Resolves with why, when the connection ended and not by `close`. */
  readonly lost: Promise<string>;
  readonly #socket: OpenAIRealtimeWS;
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<string>();
  #listener: (event: RealtimeServerEvent) => void = () => undefined;
  #trouble = 'the connection was closed';
  #alive = true;

  constructor(socket: OpenAIRealtimeWS) {
    this.#socket = socket;
    this.lost = this.#gone.promise;
    socket.on('event', (event) => {
      if (event.type === 'session.updated') this.#ready.resolve();
      this.#listener(event);
    });
    socket.on('error', ({ message }) => {
      this.#trouble = message;
      this.#ready.reject(new Error(message));
    });
    socket.socket.on('close', () => {
      this.#ready.reject(new Error(this.#trouble));
      if (this.#alive) this.#gone.resolve(this.#trouble);
      this.#alive = false;
    });
    this.#ready.promise.catch(() => undefined);
  }

  /** Opens a session. Rejects with one sentence in an Error when that cannot be. */
  static async open({ client, model, ca, session }: LinkOrders): Promise<Link> {
    const { OpenAIRealtimeWS } = await import('openai/realtime/ws');
    const link = new Link(new OpenAIRealtimeWS({ model, options: ca === undefined ? {} : { ca } }, client));
    try {
      const opened = within(outside, OPEN_WITHIN, link.#open(session));
      if (!(await opened)) throw new Error(`no session within ${OPEN_WITHIN / 1000} s`);
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  /** The connection holds. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Tells of everything from now on. One listener. */
  listen(listener: (event: RealtimeServerEvent) => void): void {
    this.#listener = listener;
  }

  send(event: RealtimeClientEvent): void {
    if (this.#alive) this.#socket.send(event);
  }

  close(): void {
    this.#alive = false;
    this.#socket.socket.terminate();
  }

  async #open(session: LinkOrders['session']): Promise<true> {
    const { socket } = this.#socket;
    if (socket.readyState !== socket.OPEN) {
      await Promise.race([new Promise((resolve) => socket.once('open', resolve)), this.#ready.promise]);
    }
    this.send({ type: 'session.update', session });
    await this.#ready.promise;
    return true;
  }
}

/** Sessions opened before anybody calls: to open one takes a second, and a caller would hear it. */
export class Spares {
  readonly #open: () => Promise<Link>;
  #ready: Promise<Link>[];

  /** `first` is open; so many more follow. */
  constructor(open: () => Promise<Link>, first: Link, more: number) {
    this.#open = open;
    this.#ready = [Promise.resolve(first), ...Array.from({ length: more }, () => this.#another())];
  }

  /** A session that nobody else has. Rejects when there is none to be had. */
  async take(): Promise<Link> {
    const next = this.#ready.shift();
    this.#ready.push(this.#another());
    const link = await next?.catch(() => undefined);
    return link?.alive ? link : this.#open();
  }

  async close(): Promise<void> {
    const open = await Promise.allSettled(this.#ready);
    this.#ready = [];
    for (const one of open) if (one.status === 'fulfilled') one.value.close();
  }

  #another(): Promise<Link> {
    const link = this.#open();
    // Whoever takes it is told.
    link.catch(() => undefined);
    return link;
  }
}
