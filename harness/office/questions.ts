import type { Facts } from '../model/plan.ts';

/** A desk's question for a fact, as data beside its audio. */
export interface Question {
  readonly fact: string;
  readonly text: string;
}

/** Questions on their way from a desk to the caller's mind. */
export interface Questions {
  ask(question: Question): void;
  /** The desk has all it wants. */
  end(): void;
  /** In order; ends with the desk. One reader. */
  readonly asked: AsyncIterable<Question>;
}

/** A queue with no question in it. */
export function questionQueue(): Questions {
  const waiting: Question[] = [];
  let ended = false;
  let wake: (() => void) | undefined;
  const stir = (): void => {
    wake?.();
    wake = undefined;
  };
  async function* asked(): AsyncGenerator<Question> {
    for (;;) {
      for (let next = waiting.shift(); next; next = waiting.shift()) yield next;
      if (ended) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    ask(question) {
      waiting.push(question);
      stir();
    },
    end() {
      ended = true;
      stir();
    },
    asked: asked(),
  };
}

const WORDING: Readonly<Record<string, string>> = {
  name: 'May I have your name, please?',
  phone: 'And what is your phone number?',
  reason: 'And what is it about?',
  service: 'And what is the appointment for?',
  day: 'And which day was that?',
  time: 'And at what time was that?',
  birthdate: 'And your date of birth?',
};

const ANYTHING = 'Could you tell me a little more about that?';

/** How a desk asks for a fact. */
export const wordingOf = (fact: string): string => WORDING[fact] ?? ANYTHING;

/** Every way a desk may ask, so that a voice can say them before the phone rings. */
export const wordings: readonly string[] = [...Object.values(WORDING), ANYTHING];

/** Required facts that a packet does not hold, in their order. */
export const missingFacts = (required: readonly string[], held: Facts): readonly string[] =>
  required.filter((fact) => held[fact] === undefined);
