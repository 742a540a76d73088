import type { Network } from '../model/network.ts';
import type { LegBooks } from './books.ts';
import type { SrtpKeys } from './srtp-keys.ts';
import type { LegCommand, LegNews, LegSetup } from './rtp-leg.ts';

/** Where media goes. */
export interface Remote {
  readonly host: string;
  readonly port: number;
}

/** A leg's network: what the phone's does to packets, and the seed that decides it. */
export interface Impairment extends Network {
  readonly seed: number;
}

/** How a leg's packets travel. */
export interface Road {
  readonly remote: Remote;
  readonly impairment: Impairment;
  /** Undefined for plain RTP. */
  readonly srtp?: SrtpKeys | undefined;
}

/** What a leg's port is opened with. */
export interface LegRequest {
  readonly leg: number;
  /** Address to bind. */
  readonly host: string;
  /** What only that kind of port needs; plain data. */
  readonly plan?: object;
}

/** From the main thread to the media worker. */
export type ToWorker =
  | ({ readonly kind: 'open'; readonly zeroNs: bigint } & LegRequest)
  | {
      readonly kind: 'start';
      readonly leg: number;
      readonly setup: LegSetup;
      readonly road: Road;
    }
  | { readonly kind: 'remote'; readonly leg: number; readonly remote: Remote }
  /** What only the leg's kind of port understands. */
  | { readonly kind: 'wire'; readonly leg: number; readonly order: object }
  | { readonly kind: 'command'; readonly leg: number; readonly command: LegCommand }
  | { readonly kind: 'stop'; readonly leg: number }
  | { readonly kind: 'close' };

/** From the media worker to the main thread. */
export type FromWorker =
  /** `raised`: the thread runs at a higher priority than the rest. */
  | { readonly kind: 'ready'; readonly raised: boolean }
  | { readonly kind: 'opened'; readonly leg: number; readonly port: number }
  /** What only the leg's kind of port says. */
  | { readonly kind: 'wire'; readonly leg: number; readonly news: object }
  | { readonly kind: 'failed'; readonly leg: number; readonly why: string }
  | { readonly kind: 'news'; readonly batch: readonly { readonly leg: number; readonly news: readonly LegNews[] }[] }
  /** `books` is missing when the leg was never started. */
  | { readonly kind: 'stopped'; readonly leg: number; readonly books: LegBooks | undefined };
