import { type Ms, ms } from '../model/time.ts';
import type { LegBooks } from './books.ts';
import type { Impairment, Remote } from './mail.ts';
import { type LegCommand, type LegNews, type LegSetup, RtpLeg } from './rtp-leg.ts';
import { lossy, type Wire } from './wire.ts';
import type { UdpWire } from './worker-socket.ts';

/** A leg with its socket, on its own call's clock: the worker's, shifted. */
export class WorkerLeg {
  readonly #udp: UdpWire;
  readonly #now: () => Ms;
  #wire: Wire | undefined;
  #leg: RtpLeg | undefined;

  constructor(udp: UdpWire, now: () => Ms) {
    this.#udp = udp;
    this.#now = now;
  }

  get port(): number {
    return this.#udp.port;
  }

  /** Media flows from `origin` on. */
  start(setup: LegSetup, origin: Ms, remote: Remote, { loss, seed }: Impairment): void {
    const leg = new RtpLeg(setup, origin);
    this.#leg = leg;
    this.#udp.aim(remote);
    this.#wire = loss > 0 ? lossy(this.#udp, loss, seed, (fate) => leg.noteFate(fate)) : this.#udp;
    this.#wire.onPacket = (bytes) => leg.receive(bytes, this.#now());
  }

  aim(remote: Remote): void {
    this.#udp.aim(remote);
  }

  obey(command: LegCommand): void {
    this.#leg?.obey(command);
  }

  /** Sends whatever is due. */
  pace(): void {
    if (!this.#leg || !this.#wire) return;
    for (let at = this.#now(); this.#leg.nextDue <= at; at = this.#now()) {
      for (const bytes of this.#leg.tick(at)) this.#wire.send(bytes);
    }
  }

  takeNews(): readonly LegNews[] {
    return this.#leg?.takeNews() ?? [];
  }

  stop(): LegBooks | undefined {
    this.#leg?.finish(this.#now());
    this.#udp.close();
    return this.#leg?.books();
  }
}

/** The first packet's due time: the next free slot of 1 ms, spread over a frame so that legs do not send all at once. */
export const originAfter = (now: Ms, leg: number): Ms => ms(Math.ceil(now) + 1 + ((leg * 7) % 20));
