/** Ends a clause: its mark, and the space that shows that no digit follows. */
const END = /^(.*?[,.?!;:]+["')\]]*)\s+/s;
/** What is written and not said. */
const SIGNS = /[*_#`~|<>[\]{}\\]/g;

/** Text as it is to be spoken: no signs of a markup, one space between words. */
export const spoken = (text: string): string => text.replaceAll(SIGNS, '').replaceAll(/\s+/g, ' ').trim();

/** Cuts a text that comes bit by bit into clauses, each as soon as it is whole. */
export class Clauses {
  #rest = '';

  /** Adds `text`; the clauses that are whole by now. */
  add(text: string): readonly string[] {
    this.#rest += text;
    const whole: string[] = [];
    for (;;) {
      const [match, clause] = END.exec(this.#rest.trimStart()) ?? [];
      if (match === undefined || clause === undefined) return whole;
      this.#rest = this.#rest.trimStart().slice(match.length);
      whole.push(...sayable(clause));
    }
  }

  /** What is left when there is no more to come. */
  end(): readonly string[] {
    const rest = this.#rest;
    this.#rest = '';
    return sayable(rest);
  }
}

/** Nothing for what holds no letter and no digit. */
function sayable(text: string): readonly string[] {
  const clause = spoken(text);
  return /[\p{L}\p{N}]/u.test(clause) ? [clause] : [];
}
