import type { Facts, Piece, PlannedLine } from './plan.ts';

/** A line in a scenario's own words. `{slot}` stands for the spoken form of a fact. */
export interface Written {
  /** What the line answers; the line's id too, unless `id` says otherwise. */
  readonly topic: string;
  readonly id?: string;
  readonly say: string;
  /** Other ways of saying it, used in turn when asked again. */
  readonly again?: readonly string[];
  /** What it tells the agent. `{slot}` stands for the canonical value of a fact. */
  readonly tells?: Facts;
}

const spoken = (words: string): readonly Piece[] => [{ say: words }];

/** A line the caller says when its turn comes. */
export function line(written: Written): PlannedLine {
  return {
    id: written.id ?? written.topic,
    topic: written.topic,
    pieces: spoken(written.say),
    manner: {},
    facts: written.tells ?? {},
    again: (written.again ?? []).map((words) => ({ pieces: spoken(words), manner: {} })),
    onAgenda: true,
  };
}

/** A line that only an answer to its topic brings up. */
export function aside(written: Written): PlannedLine {
  return { ...line(written), onAgenda: false };
}

/** The words of some pieces, as one text. */
export function wordsOf(pieces: readonly Piece[]): string {
  return pieces.flatMap((piece) => ('say' in piece ? [piece.say] : [])).join(' ');
}
