/** How far back packets may come late (RFC 3711 section 3.3.2 asks for 64 at least). */
const WIDTH = 128;

const TURN = 0x10000;

/** Which packets of one source have been there, and how often its sequence numbers have come round. */
export class ReplayWindow {
  /** Index, with its turns, of the highest so far. */
  #highest: number;
  readonly #seen = new Set<number>();

  /** `seq` is the first packet's. */
  constructor(seq: number) {
    this.#highest = seq;
  }

  /** The likeliest index of a packet with this sequence number (RFC 3711 section 3.3.1); negative for one before the first turn. */
  indexOf(seq: number): number {
    const near = this.#highest - (this.#highest % TURN) + seq;
    if (near - this.#highest > TURN / 2) return near - TURN;
    return this.#highest - near > TURN / 2 ? near + TURN : near;
  }

  /** Notes an authentic packet; false when it was there before, or is too old for anybody to know. */
  admit(index: number): boolean {
    if (index <= this.#highest - WIDTH || this.#seen.has(index)) return false;
    this.#seen.add(index);
    if (index > this.#highest) {
      const from = this.#highest - WIDTH;
      this.#highest = index;
      const to = Math.min(index - WIDTH, from + 2 * WIDTH);
      for (let old = from; old <= to; old++) this.#seen.delete(old);
    }
    return true;
  }
}
