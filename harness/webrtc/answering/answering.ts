import type { Ringing } from '../ringing.ts';

/** One HTTP request at a door, and the way to answer it. */
export interface Request {
  readonly method: string;
  /** What follows the path at which the form answers, without its slash; empty for that path itself. */
  readonly rest: string;
  /** The path at which the form answers. */
  readonly path: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who asks: an address. */
  readonly from: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
  reply(status: number, headers?: Readonly<Record<string, string>>, body?: string): void;
}

/** An offer as a form found it in a request. */
export interface Offered {
  readonly offer: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sends our description back, as the answer to the request. */
  answer(id: string, sdp: string): void;
}

/** What a form finds at a door. */
export interface Hall {
  /** Lets an offer ring. */
  ring(request: Request, offered: Offered): void;
  /** A call that came by this form, by the name we gave it. */
  find(id: string): Ringing | undefined;
}

/** How offers of one protocol are taken: one request after another. */
export type Answering = (request: Request, hall: Hall) => void;
