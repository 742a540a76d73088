import type { Candidate } from './mail.ts';

/** What is done with an offer that rings. */
interface Ways {
  answer(sdp: string): void;
  /** With an HTTP status, the same in a telephone's words, and why. */
  refuse(status: number, words: string, why: string): void;
  /** It is over, and nobody will ask for it again. */
  forget(): void;
}

/** HTTP's nearest words for what a telephone says (480, 486, 603, 488). */
const HTTP: Readonly<Record<number, number>> = { 480: 503, 481: 409, 486: 503, 488: 406, 603: 403 };

const WORDS: Readonly<Record<number, string>> = {
  480: 'Temporarily Unavailable',
  481: 'Call Does Not Exist',
  486: 'Busy Here',
  488: 'Not Acceptable Here',
  603: 'Decline',
};

/** A call that came in over HTTP: it rings until it is answered or refused, and is known by its id until it is over. */
export class Ringing {
  readonly id: string;
  readonly offer: string;
  readonly from: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #ways: Ways;
  readonly #over = new AbortController();
  readonly #early: Candidate[] = [];
  #onCandidate: ((candidate: Candidate) => void) | undefined;
  #isHungUp = false;
  /** Told when the other side ends the call by its signalling. */
  onHungUp: (() => void) | undefined;

  constructor(id: string, told: Pick<Ringing, 'offer' | 'from' | 'headers'>, ways: Ways) {
    this.id = id;
    this.offer = told.offer;
    this.from = told.from;
    this.headers = told.headers;
    this.#ways = ways;
  }

  /** Aborted when it rings no more. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  get isHungUp(): boolean {
    return this.#isHungUp;
  }

  answer(sdp: string): void {
    if (this.#over.signal.aborted) throw new Error('nobody rings any more');
    this.#over.abort();
    this.#ways.answer(sdp);
  }

  /** Refuses as a telephone would; an offer that rings no more cannot be refused. */
  refuse(status: number, sentence?: string): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    const words = `${status} ${WORDS[status] ?? 'Refused'}`;
    this.#ways.refuse(HTTP[status] ?? 500, words, sentence ?? words);
    this.#ways.forget();
  }

  /** Whoever rang waits no more. */
  givenUp(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#ways.forget();
  }

  /** The other side ended it by its signalling. */
  hungUp(): void {
    this.#isHungUp = true;
    this.#over.abort();
    this.#ways.forget();
    this.onHungUp?.();
  }

  candidate(candidate: Candidate): void {
    if (this.#onCandidate) this.#onCandidate(candidate);
    else this.#early.push(candidate);
  }

  /** Hears of every candidate, those that came before too. */
  set onCandidate(take: (candidate: Candidate) => void) {
    this.#onCandidate = take;
    for (const candidate of this.#early.splice(0)) take(candidate);
  }

  /** The call is over on our side. */
  forget(): void {
    this.#ways.forget();
  }
}
