import { type Ms, ms } from '../model/time.ts';
import type { LegBooks } from './books.ts';
import type { Remote, Road } from './mail.ts';
import { type LegCommand, type LegNews, type LegSetup, RtpLeg } from './rtp-leg.ts';
import { encrypted, SrtpReceiver } from './srtp.ts';
import { impaired, type Port, type Timer, type Wire } from './wire.ts';

const SLOT_MS = 1;
/** How long before it is due a packet is coded: two slots, so that a slot that came late does not miss it. */
const AHEAD_MS = 2;

/** A leg with its port, on its own call's clock: the worker's, shifted. */
export class WorkerLeg {
  readonly #port: Port;
  readonly #now: () => Ms;
  #wire: Wire | undefined;
  #leg: RtpLeg | undefined;
  /** What an impairment holds back. */
  #held: { readonly at: Ms; readonly work: () => void }[] = [];

  constructor(port: Port, now: () => Ms) {
    this.#port = port;
    this.#now = now;
  }

  /** Media flows from `origin` on. */
  start(setup: LegSetup, origin: Ms, { remote, impairment, srtp }: Road): void {
    const leg = new RtpLeg(setup, origin);
    this.#leg = leg;
    this.#port.aim(remote);
    const timer: Timer = { now: this.#now, at: (at, work) => this.#later(at, work) };
    const network = impaired(this.#port, impairment, impairment.seed, timer, (fate) => leg.noteFate(fate));
    this.#wire = srtp ? encrypted(network, srtp, () => leg.noteUnreadable()) : network;
    if (srtp) {
      const receiver = new SrtpReceiver(srtp.receive);
      this.#port.isTrusted = (bytes) => receiver.isAuthentic(bytes);
    }
    this.#wire.onPacket = (bytes) => leg.receive(bytes, this.#now());
  }

  /** Codes a packet that is due before long. */
  prepare(): void {
    if (this.#leg && this.#leg.nextDue < this.#now() + AHEAD_MS) this.#leg.prepare();
  }

  aim(remote: Remote): void {
    this.#port.aim(remote);
  }

  obey(command: LegCommand): void {
    this.#leg?.obey(command);
  }

  /** Sends whatever is due. */
  pace(): void {
    if (!this.#leg || !this.#wire) return;
    this.#release();
    for (let at = this.#now(); this.#leg.nextDue <= at; at = this.#now()) {
      for (const bytes of this.#leg.tick(at)) this.#wire.send(bytes);
    }
  }

  takeNews(): readonly LegNews[] {
    return this.#leg?.takeNews() ?? [];
  }

  stop(): LegBooks | undefined {
    this.#leg?.finish(this.#now());
    this.#held = [];
    this.#port.close();
    return this.#leg?.books();
  }

  /** Slots last 1 ms: what would be due before the next one is done now, so that the shortest delay stays none. */
  #later(at: Ms, work: () => void): void {
    if (at < this.#now() + SLOT_MS) work();
    else this.#held.push({ at, work });
  }

  #release(): void {
    if (this.#held.length === 0) return;
    const until = this.#now() + SLOT_MS;
    const due = this.#held.filter(({ at }) => at < until).sort((a, b) => a.at - b.at);
    if (due.length === 0) return;
    this.#held = this.#held.filter(({ at }) => at >= until);
    for (const { work } of due) work();
  }
}

/** The first packet's due time: the next free slot of 1 ms, spread over a frame so that legs do not send all at once. */
export const originAfter = (now: Ms, leg: number): Ms => ms(Math.ceil(now) + 1 + ((leg * 7) % 20));
