import type { Fate, Impairments } from '../model/network.ts';
import { chance, hashSeed } from '../model/seed.ts';
import { after, type Ms } from '../model/time.ts';
import { blackout } from './impairments/blackout.ts';
import { delay } from './impairments/delay.ts';
import { duplicate } from './impairments/duplicate.ts';
import type { Effect, Impairment, ImpairmentKind } from './impairments/impairment.ts';
import { jitter } from './impairments/jitter.ts';
import { loss } from './impairments/loss.ts';
import { reorder } from './impairments/reorder.ts';
import { isRtp } from './packet.ts';
import type { Timer } from './wire.ts';

const KINDS: Readonly<Record<string, ImpairmentKind>> = { blackout, loss, delay, jitter, reorder, duplicate };

/** A packet that lets the next one past waits no longer than this for it, ms. */
const WAITS_FOR_NEXT_MS = 200;

/** What impairs the packets of one direction, each with dice of its own; none where the network does nothing to them. */
export function impairmentsOf(
  settings: Impairments,
  direction: Fate['direction'],
  seed: number,
): readonly Impairment[] {
  return Object.entries(KINDS).flatMap(([name, kind]) => {
    const impairment = kind(settings, chance(hashSeed(seed, name, direction)));
    return impairment ? [impairment] : [];
  });
}

/** What a lane is for. */
export interface LaneSetup {
  readonly direction: Fate['direction'];
  readonly impairments: readonly Impairment[];
  readonly order: Impairments['order'];
  readonly timer: Timer;
  /** Hears of every packet when it enters. */
  readonly note: (fate: Fate) => void;
  readonly onwards: (bytes: Uint8Array) => void;
}

/** What is drawn for a packet. */
type Decision = Omit<Fate, 'direction' | 'n' | 'seq' | 'delayMs'>;

/**
 * The impaired way of one direction's packets. Every packet's decision is made when it enters, in the order they come;
 * it leaves when its delay is over, behind those before it unless the network lets it overtake.
 */
export class Lane {
  readonly #setup: LaneSetup;
  readonly #timer: Timer;
  readonly #begun: Ms;
  #n = 0;
  /** When the last packet in the queue leaves, and those that have not left yet. */
  #last = -Infinity;
  #queue: (() => void)[] = [];
  /** Those that wait for the next one to leave. */
  #waiting: (() => void)[] = [];

  constructor(setup: LaneSetup) {
    this.#setup = setup;
    this.#timer = setup.timer;
    this.#begun = setup.timer.now();
  }

  take(bytes: Uint8Array): void {
    const now = this.#timer.now();
    const decision = this.#decide(now);
    const leavesAt = this.#leavesAt(now, decision.heldMs ?? 0);
    this.#setup.note({
      direction: this.#setup.direction,
      n: this.#n++,
      seq: seqOf(bytes),
      ...decision,
      ...(decision.heldMs !== undefined && { delayMs: leavesAt - now }),
    });
    if (!decision.lost) this.#send(bytes, decision, leavesAt);
  }

  #decide(now: Ms): Decision {
    const at = now - this.#begun;
    return decisionOf(this.#setup.impairments.map((impairment) => impairment(at)));
  }

  /** What is lost takes no room in the queue, and nobody waits for it. */
  #leavesAt(now: Ms, heldMs: number): Ms {
    const leaves = after(now, heldMs);
    return this.#setup.order === 'free' ? leaves : (Math.max(leaves, this.#last) as Ms);
  }

  #send(bytes: Uint8Array, { reordered, duplicated }: Decision, leavesAt: Ms): void {
    const copies = duplicated ? [bytes, bytes] : [bytes];
    const leave = (): void => copies.forEach((copy) => this.#setup.onwards(copy));
    const work = reordered ? () => this.#wait(leave) : () => this.#leave(leave);
    if (this.#setup.order === 'free') this.#later(leavesAt, work);
    else this.#enqueue(leavesAt, work);
  }

  /** Timers may wake in any order; the queue is emptied up to the packet whose time has come. */
  #enqueue(leavesAt: Ms, work: () => void): void {
    this.#last = leavesAt;
    this.#queue.push(work);
    this.#later(leavesAt, () => {
      const place = this.#queue.indexOf(work);
      for (const earlier of this.#queue.splice(0, place + 1)) earlier();
    });
  }

  #later(at: Ms, work: () => void): void {
    if (at <= this.#timer.now() && this.#queue.length <= 1) work();
    else this.#timer.at(at, work);
  }

  #leave(leave: () => void): void {
    leave();
    for (const past of this.#waiting.splice(0)) past();
  }

  #wait(leave: () => void): void {
    this.#waiting.push(leave);
    this.#timer.at(after(this.#timer.now(), WAITS_FOR_NEXT_MS), () => {
      const place = this.#waiting.indexOf(leave);
      for (const past of this.#waiting.splice(0, place + 1)) past();
    });
  }
}

/** All that was drawn for one packet, taken together. What is lost is lost, whatever else it was to be. */
function decisionOf(effects: readonly (Effect | undefined)[]): Decision {
  const drawn = effects.filter((effect) => effect !== undefined);
  const lost = drawn.find((effect) => effect.does === 'lose');
  if (lost) return { lost: true, by: lost.by };
  const holds = drawn.flatMap((effect) => (effect.does === 'hold' ? [effect.forMs] : []));
  return {
    lost: false,
    ...(holds.length > 0 && { heldMs: holds.reduce((sum, each) => sum + each, 0) }),
    ...(drawn.some(({ does }) => does === 'reorder') && { reordered: true }),
    ...(drawn.some(({ does }) => does === 'duplicate') && { duplicated: true }),
  };
}

function seqOf(bytes: Uint8Array): number {
  return isRtp(bytes) ? ((bytes[2] as number) << 8) | (bytes[3] as number) : -1;
}
