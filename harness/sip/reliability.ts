import { after, type Clock, type Ms } from '../model/time.ts';
import type { Destination } from './destination.ts';
import { headOf, type Head } from './message.ts';

/** RFC 3261 table 4, in ms. T1 is the round-trip estimate the rest is derived from. */
export const T1 = 500;
const T2_PER_T1 = 8;
const LIFETIME_PER_T1 = 64;

interface Remembered {
  readonly text: string;
  readonly to: Destination;
  readonly until: Ms;
}

/**
 * What UDP needs and the user agent above leaves out (RFC 3261 17): requests are repeated until answered
 * (timers A and E), refusals of an INVITE until acknowledged (G), and whatever was answered before is
 * answered again (D, I, J) without troubling the user agent. Keyed by branch and method.
 */
export class Reliability {
  readonly #clock: Clock;
  readonly #t1: number;
  readonly #transmit: (text: string, to: Destination) => void;
  readonly #repeating = new Map<string, AbortController>();
  readonly #remembered = new Map<string, Remembered>();

  constructor(clock: Clock, t1: number, transmit: (text: string, to: Destination) => void) {
    this.#clock = clock;
    this.#t1 = t1;
    this.#transmit = transmit;
  }

  /** Takes charge of a message that has just been transmitted for the first time. */
  sent(text: string, to: Destination): void {
    const head = headOf(text);
    if (!head) return;
    if (head.method === 'ACK') this.#remember(`ACK ${head.branch}`, text, to);
    else if (head.method !== undefined) void this.#repeat(`ask ${keyOf(head)}`, text, to);
    else if (head.status >= 200 && head.transaction !== 'INVITE') this.#remember(`answer ${keyOf(head)}`, text, to);
    else if (head.status >= 300) {
      this.#remember(`answer ${keyOf(head)}`, text, to);
      void this.#repeat(`refuse ${head.branch}`, text, to);
    }
  }

  /** Looks at a message that arrived; false when it was a repetition that has been dealt with here. */
  received(head: Head): boolean {
    return head.method === undefined ? this.#response(head) : this.#request(head);
  }

  /** Stops every repetition. */
  close(): void {
    for (const stop of this.#repeating.values()) stop.abort();
    this.#repeating.clear();
    this.#remembered.clear();
  }

  #response(head: Head): boolean {
    // A provisional answer ends timer A but only slows timer E, which T2 does anyway.
    if (head.status >= 200 || head.transaction === 'INVITE') this.#stop(`ask ${keyOf(head)}`);
    return !(head.transaction === 'INVITE' && head.status >= 300 && this.#again(`ACK ${head.branch}`));
  }

  #request(head: Head): boolean {
    if (head.method !== 'ACK') return !this.#again(`answer ${keyOf(head)}`);
    this.#stop(`refuse ${head.branch}`);
    return true;
  }

  #again(key: string): boolean {
    const memory = this.#remembered.get(key);
    if (!memory) return false;
    this.#transmit(memory.text, memory.to);
    return true;
  }

  #remember(key: string, text: string, to: Destination): void {
    const now = this.#clock.now();
    // Insertion order is order of expiry: the oldest are first.
    for (const [old, memory] of this.#remembered) {
      if (memory.until > now) break;
      this.#remembered.delete(old);
    }
    this.#remembered.set(key, { text, to, until: after(now, LIFETIME_PER_T1 * this.#t1) });
  }

  #stop(key: string): void {
    this.#repeating.get(key)?.abort();
    this.#repeating.delete(key);
  }

  async #repeat(key: string, text: string, to: Destination): Promise<void> {
    const stop = new AbortController();
    this.#stop(key);
    this.#repeating.set(key, stop);
    const longest = key.startsWith('ask') && key.endsWith(' INVITE') ? Infinity : T2_PER_T1 * this.#t1;
    const giveUp = after(this.#clock.now(), LIFETIME_PER_T1 * this.#t1);
    let gap = this.#t1;
    let at = after(this.#clock.now(), gap);
    while (at < giveUp) {
      await this.#clock.sleepUntil(at, stop.signal);
      if (stop.signal.aborted) return;
      this.#transmit(text, to);
      gap = Math.min(gap * 2, longest);
      at = after(at, gap);
    }
    if (this.#repeating.get(key) === stop) this.#repeating.delete(key);
  }
}

const keyOf = (head: Head): string => `${head.branch} ${head.transaction}`;
