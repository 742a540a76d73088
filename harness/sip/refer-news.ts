import { readSipfrag, type Sipfrag } from './sipfrag.ts';

/** A REFER whose final NOTIFY has not come. */
interface Open {
  readonly cseq: () => number;
  readonly tell: (verdict: Sipfrag) => void;
}

/**
 * The final NOTIFYs of all REFERs sent in one dialog, each told to the REFER it is about: `Event: refer;id=` is that REFER's
 * CSeq (RFC 3515 2.4.6). Only the first may go without an id; so one without is the oldest's that has not had its own, were
 * it given up long ago.
 */
export class ReferNews {
  #open: readonly Open[] = [];

  /** Tells `tell` the final verdict on the REFER that left as `cseq`, which is asked when news come: a challenge changes it. */
  follow(cseq: () => number, tell: (verdict: Sipfrag) => void): { drop(): void } {
    const one: Open = { cseq, tell };
    this.#open = [...this.#open, one];
    return { drop: () => this.#drop(one) };
  }

  /** A NOTIFY came in: its Event header and its body. News that are not final, or of no REFER of ours, are passed over. */
  hear(event: string, body: string): void {
    const verdict = readSipfrag(body);
    if (!verdict || verdict.status < 200) return;
    const id = /;\s*id\s*=\s*(\d+)/i.exec(event)?.[1];
    const meant = id === undefined ? this.#open[0] : this.#open.find(({ cseq }) => cseq() === Number(id));
    if (!meant) return;
    this.#drop(meant);
    meant.tell(verdict);
  }

  #drop(one: Open): void {
    this.#open = this.#open.filter((other) => other !== one);
  }
}
