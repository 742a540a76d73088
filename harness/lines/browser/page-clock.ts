import { ms, type Ms } from '../../model/time.ts';
import type { Exchange } from './mail.ts';

/**
 * The page's clock on the call's: they tell each other the time with every frame, and the quickest exchange says it best
 * (the offset of NTP, RFC 5905 section 8). It is wrong by half of that exchange at most.
 */
export class PageClock {
  #offset: number | undefined;
  #roundTrip = Infinity;

  /** Takes one exchange. */
  note({ askedAt, answeredAt, lineAt }: Exchange): void {
    const roundTrip = answeredAt - askedAt;
    if (lineAt === 0 || roundTrip >= this.#roundTrip) return;
    this.#roundTrip = roundTrip;
    this.#offset = lineAt - (askedAt + answeredAt) / 2;
  }

  /** The instant `pageMs` of the page; undefined as long as nothing is known. */
  at(pageMs: number): Ms | undefined {
    return this.#offset === undefined ? undefined : ms(pageMs + this.#offset);
  }

  /** The most by which it is wrong; infinite as long as nothing is known. */
  get uncertainty(): Ms {
    return ms(this.#roundTrip / 2);
  }
}
