import { wordsIn } from '../words.ts';
import type { ChatMessage, NamedUse } from './model.ts';
import { userMessage } from './notes.ts';
import type { Told } from './notes.ts';
import type { Tool, ToolResult } from './tools.ts';
import { resultText } from './tools.ts';

/** What was said and done on a call, in order. `key` tells the agent's turns apart. */
type Entry =
  | { readonly by: 'caller'; readonly text: string }
  | {
      readonly by: 'agent';
      readonly key: number;
      readonly text: string;
      readonly uses: readonly NamedUse[];
      /** By the use's id. */
      readonly results: Readonly<Record<string, ToolResult>>;
    };

type Turn = Extract<Entry, { by: 'agent' }>;

/** A call as a chat. A value: every change is another one. */
export type History = readonly Entry[];

export const told = (history: History, what: Told): History => [...history, { by: 'caller', text: userMessage(what) }];

/** A turn of the agent, as far as it has come; in place of what it was before. */
export function saidBy(history: History, key: number, text: string, uses: readonly NamedUse[]): History {
  const before = history.find((entry): entry is Turn => entry.by === 'agent' && entry.key === key);
  if (!before) return [...history, { by: 'agent', key, text, uses, results: {} }];
  return history.map((entry) => (entry === before ? { ...before, text, uses } : entry));
}

/** Only `heard` of that turn was heard: it is shortened to as many of its own words, and gone when nothing is left of it. */
export function shortened(history: History, key: number, heard: string): History {
  const count = wordsIn(heard).length;
  return history.flatMap((entry): readonly Entry[] => {
    if (entry.by !== 'agent' || entry.key !== key) return [entry];
    const text = wordsIn(entry.text).slice(0, count).join(' ');
    return text === '' && entry.uses.length === 0 ? [] : [{ ...entry, text }];
  });
}

/**
 * What came of a use. It takes its place behind it; when the talk has gone on meanwhile, where it was said to be pending,
 * it is told in a note.
 */
export function resulted(history: History, id: string, name: Tool['name'], result: ToolResult): History {
  const at = history.findIndex((entry) => entry.by === 'agent' && entry.uses.some((use) => use.id === id));
  const turn = history[at];
  if (turn?.by !== 'agent') return history;
  if (at < history.length - 1) return told(history, { cutIn: false, what: { kind: 'answers', tool: name, result } });
  return [...history.slice(0, at), { ...turn, results: { ...turn.results, [id]: result } }];
}

/** It as a model is told of it: every use of a tool has a result at once, be it that it is pending. */
export const messagesOf = (history: History): readonly ChatMessage[] =>
  history.flatMap((entry): readonly ChatMessage[] =>
    entry.by === 'caller'
      ? [{ role: 'user', text: entry.text }]
      : [
          { role: 'assistant', text: entry.text, uses: entry.uses },
          ...entry.uses.map(({ id }) => {
            const result = entry.results[id] ?? ({ kind: 'pending' } as const);
            return { role: 'tool', id, text: resultText(result) } as const;
          }),
        ],
  );
