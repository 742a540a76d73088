import type { IceServer } from '../../model/line.ts';
import type { Candidate } from '../mail.ts';
import type { Reply } from '../http.ts';

/** A call to be placed: our offer, and what goes along with it. */
export interface Order {
  readonly url: URL;
  readonly offer: string;
  /** Which call this is, what it is about, who sent us: header names as they are written. */
  readonly headers: Readonly<Record<string, string>>;
  /** Proves who we are (Bearer, RFC 6750). */
  readonly token?: string | undefined;
  readonly ca?: string | undefined;
  readonly signal: AbortSignal;
}

/** A call whose offer was answered. */
export interface Placed {
  readonly answer: string;
  /** What the other side calls this call; names it in a transfer that takes its place. */
  readonly id: string | undefined;
  /** Tells the other side of a candidate found since; left out where the protocol has no way to. */
  readonly trickle?: (candidate: Candidate) => Promise<void>;
  /** Tells the other side that the call is over. */
  hangUp(): Promise<void>;
}

/** A way to bring offer and answer together. */
export interface Signalling {
  /** Label of the data channel the caller opens. */
  readonly channel: string;
  /** The protocol is of no use without its data channel. */
  readonly needsChannel?: true;
  /** What we say on the data channel about every second, from the first on. */
  readonly ping?: (count: number) => string;
  /** ICE servers to use beside our own, found before the offer is made. */
  servers?(order: Omit<Order, 'offer'>): Promise<readonly IceServer[]>;
  /** Rejects with Refused, or what the network threw. */
  place(order: Order): Promise<Placed>;
}

/** No call: the other side's HTTP server said so, or said nothing of use. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** 486 busy, 603 declined, 480 unavailable, 481 no such call, as one of our own lines would say it; 0 for anybody else. */
  readonly said: number;
  readonly status: number;
  constructor(status: number, detail: string, said = 0) {
    super(detail);
    this.status = status;
    this.said = said;
  }
}

/** How our own listeners say, beside the HTTP status, what became of a call. */
export const STATUS_HEADER = 'x-hangup-status';

const MEANT: Readonly<Record<number, string>> = {
  400: 'it did not understand the offer',
  401: 'it wants a token that it was not given, or does not know',
  403: 'it does not let us call',
  404: 'nothing is there to be called',
  405: 'nothing is there to be called',
  406: 'it has no codec in common with us',
  415: 'nothing there takes an offer of this kind',
  429: 'too many calls at once',
  500: 'it failed while answering',
  503: 'it takes no calls just now',
};

/** `reply` as a refusal, in one sentence. */
export function refusal({ status, url, headers, body }: Reply): Refused {
  const own = /^(\d{3}) [\w ]+$/.exec(headers[STATUS_HEADER] ?? '');
  if (own) return new Refused(status, own[0], Number(own[1]));
  const meant = MEANT[status] ?? 'which is no answer to an offer';
  const said = body.trim().replace(/\s+/g, ' ').slice(0, 120);
  const quoted = said === '' || said.startsWith('<') ? '' : `; it says: ${said}`;
  return new Refused(status, `${placeOf(url)} answered ${status}: ${meant}${quoted}`);
}

/** The answer in a reply that should hold one. */
export function answerIn(sdp: unknown, url: URL): string {
  if (typeof sdp === 'string' && sdp.startsWith('v=0')) return sdp;
  throw new Refused(0, `${placeOf(url)} took the offer, but what it answered is no session description`);
}

/** An address without what may be secret in it. */
export const placeOf = (url: URL): string => `${url.origin}${url.pathname}`;

/** Headers of a request, with the token that proves who we are. */
export const withToken = (headers: Readonly<Record<string, string>>, token: string | undefined) => ({
  ...headers,
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
});
