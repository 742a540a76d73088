/** Something to be said. It may still be growing while it is said. */
export interface Words {
  /** All there is of it so far. */
  readonly text: string;
  /** Its pieces from the first on, every time it is asked; ends when there will be no more. */
  pieces(): AsyncIterable<string>;
  /** Told once, when it was said, cut off or dropped: the words of it that were heard. */
  over(heard: string): void;
}

/** The words of a text, by the spaces between them. */
export const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** All of it is known from the beginning. */
class Plain implements Words {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  async *pieces(): AsyncGenerator<string> {
    yield this.text;
  }

  over(): void {
    // Nobody asked.
  }
}

export const plain = (text: string): Words => new Plain(text);

/** What is still being made: it is said as it comes. */
export class GrowingWords implements Words {
  readonly #pieces: string[] = [];
  readonly #tell: (heard: string) => void;
  #ended = false;
  #changed = Promise.withResolvers<void>();

  /** `tell` learns what was heard of it. */
  constructor(tell: (heard: string) => void) {
    this.#tell = tell;
  }

  get text(): string {
    return this.#pieces.join(' ');
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#change();
  }

  /** There is no more of it. */
  end(): void {
    this.#ended = true;
    this.#change();
  }

  async *pieces(): AsyncGenerator<string> {
    for (let at = 0; ; at++) {
      while (at >= this.#pieces.length) {
        if (this.#ended) return;
        await this.#changed.promise;
      }
      yield this.#pieces[at] ?? '';
    }
  }

  over(heard: string): void {
    this.#tell(heard);
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** One after another, said in one breath. */
class Joined implements Words {
  readonly #parts: readonly Words[];

  constructor(parts: readonly Words[]) {
    this.#parts = parts;
  }

  get text(): string {
    return this.#parts.map(({ text }) => text).join(' ');
  }

  async *pieces(): AsyncGenerator<string> {
    for (const part of this.#parts) yield* part.pieces();
  }

  /** Each learns its own share, word for word. */
  over(heard: string): void {
    let left = wordsIn(heard);
    for (const part of this.#parts) {
      const own = wordsIn(part.text).length;
      part.over(left.slice(0, own).join(' '));
      left = left.slice(own);
    }
  }
}

/** All of `parts`, in order, as one. */
export function joined(parts: readonly Words[]): Words {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return parts.every((part) => part instanceof Plain)
    ? plain(parts.map(({ text }) => text).join(' '))
    : new Joined(parts);
}
