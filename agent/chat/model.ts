import type { ToolUse } from './tools.ts';

/** A use of a tool under the name its result goes back with. */
export interface NamedUse {
  readonly id: string;
  readonly use: ToolUse;
}

/** A chat so far, as a model is told of it. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly uses: readonly NamedUse[] }
  | { readonly role: 'tool'; readonly id: string; readonly text: string };

/** A piece of an answer on its way: some more text, or a use of a tool that is whole. */
export type Piece = { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'use' } & NamedUse);

/** Why a model gave no answer, or not all of it. */
export class ModelTrouble extends Error {
  override readonly name = 'ModelTrouble';
  /** Whether asking once more may help. */
  readonly passing: boolean;

  constructor(message: string, passing: 'may pass' | 'stays') {
    super(message);
    this.passing = passing === 'may pass';
  }
}

/** A model that leads a chat and uses tools. */
export interface ChatModel {
  /**
   * Answers the chat, piece by piece. Ends only when the answer is whole, and rejects with ModelTrouble when it stays
   * away or breaks off. An aborted `signal` frees whatever it holds.
   */
  answer(chat: readonly ChatMessage[], signal: AbortSignal): AsyncIterable<Piece>;
}
