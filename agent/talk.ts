import type { Line } from '../harness/model/line.ts';
import { after } from '../harness/model/time.ts';
import type { Ms } from '../harness/model/time.ts';
import type { Claims } from './claims.ts';
import type { Mouth } from './mouth.ts';
import type { Utterance } from './utterance.ts';
import { joined } from './words.ts';
import type { Words } from './words.ts';
import type { CallWorld } from './world.ts';

/** What becomes of the agent's words, told to whoever leads the conversation. */
export interface TalkNews {
  /** It begins to say something. */
  began(at: Ms): void;
  /** It was cut off; `heard` is what had been played by then. Told before `ended`. */
  cutOff(heard: string): void;
  ended(at: Ms): void;
}

/** What the words are about: those that answer her grow stale when she says more. */
export type About = 'answer' | 'news';

/** The agent's side of the talk on one call: one utterance at a time, and what waits until the caller is done. */
export class Talk {
  readonly #line: Line;
  readonly #mouth: Mouth;
  readonly #world: CallWorld;
  readonly #claims: Claims;
  readonly #news: TalkNews;
  #utterance: Utterance | undefined;
  #withheld: readonly { readonly words: Words; readonly about: About }[] = [];
  #saidUntil: Ms;

  constructor(line: Line, mouth: Mouth, world: CallWorld, claims: Claims, news: TalkNews) {
    this.#line = line;
    this.#mouth = mouth;
    this.#world = world;
    this.#claims = claims;
    this.#news = news;
    this.#saidUntil = world.clock.now();
  }

  /** Something is being said, or is held. */
  get underWay(): boolean {
    return this.#utterance !== undefined;
  }

  /** Something waits to be said. */
  get waiting(): boolean {
    return this.#withheld.length > 0;
  }

  /** When its last words were over. */
  get saidUntil(): Ms {
    return this.#saidUntil;
  }

  /** Resolves when what is being said is over; at once when nothing is. */
  async over(): Promise<void> {
    await this.#utterance?.over;
  }

  /** Keeps `words` until `speak`. */
  keep(words: Words, about: About): void {
    this.#withheld = [...this.#withheld, { words, about }];
  }

  /** What she has just said is answered now; an older answer to her is stale. */
  dropAnswers(): void {
    const stale = this.#withheld.filter(({ about }) => about === 'answer');
    this.#withheld = this.#withheld.filter(({ about }) => about !== 'answer');
    for (const { words } of stale) words.over('');
  }

  /** Says all that waits. */
  speak(): void {
    const words = joined(this.#withheld.map((kept) => kept.words));
    this.#withheld = [];
    const at = this.#world.clock.now();
    this.#news.began(at);
    const utterance = this.#mouth.say(this.#line, words);
    this.#utterance = utterance;
    void this.#announce(words);
    void utterance.started.then((started) => {
      if (started === undefined) return;
      this.#world.news?.({ what: 'agent-began' });
      this.#claims.stage('voice', at, started);
      this.#claims.stage('playout', started, after(started, utterance.leadMs));
    });
    this.#world.watch(this.#finish(utterance));
  }

  /** Falls silent within a frame, to go on or to stop. */
  hold(): void {
    this.#world.news?.({ what: 'agent-stopped' });
    this.#utterance?.hold();
  }

  goOn(): void {
    if (this.#utterance) this.#world.news?.({ what: 'agent-began' });
    this.#utterance?.goOn();
  }

  stop(): void {
    if (this.#utterance) this.#world.news?.({ what: 'interrupted' });
    this.#utterance?.stop();
  }

  async #announce(words: Words): Promise<void> {
    const { news } = this.#world;
    if (news) for await (const text of words.pieces()) news({ what: 'words', text });
  }

  async #finish(utterance: Utterance): Promise<void> {
    const { heard, startedAt, endedAt, cut } = await utterance.over;
    const at = this.#world.clock.now();
    utterance.words.over(heard);
    // Held, it was silent before it was known to be over: words are claimed for as long as they sounded.
    this.#world.news?.({ what: 'agent-stopped' });
    this.#claims.said(heard, startedAt ?? at, endedAt ?? at);
    if (this.#utterance !== utterance) return;
    this.#saidUntil = at;
    this.#utterance = undefined;
    if (cut) this.#news.cutOff(heard);
    this.#news.ended(at);
  }
}
