import type { Completion, NamedUse } from './chat.ts';
import { sse } from './exchange.ts';

/** Characters of a tool's arguments that go in one piece: a client has to join them. */
const FRAGMENT = 12;

const fragmentsOf = (text: string): readonly string[] => text.match(new RegExp(`.{1,${FRAGMENT}}`, 'gs')) ?? [];

/** A tool's name first, its arguments after it, all under its index. */
const toolDeltas = ({ id, name, arguments: given }: NamedUse, index: number): readonly object[] => [
  { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
  ...fragmentsOf(given).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
];

/** An answer as the events of `chat.completion.chunk`: word by word, tools in fragments, and `[DONE]`. */
export function* chunks(completion: Completion, usage: 'alone' | 'with usage'): Generator<string> {
  const { id, created, model, words, uses, finish } = completion;
  const head = { id, object: 'chat.completion.chunk', created, model };
  const told = usage === 'with usage' ? { usage: null } : {};
  const event = (delta: object, reason: string | null): string =>
    sse({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }], ...told });
  yield event({ role: 'assistant', content: '', refusal: null }, null);
  for (const word of words.match(/\s*\S+/g) ?? []) yield event({ content: word }, null);
  for (const [index, use] of uses.entries()) {
    for (const delta of toolDeltas(use, index)) yield event(delta, null);
  }
  yield event({}, finish);
  if (usage === 'with usage') yield sse({ ...head, choices: [], usage: completion.usage });
  yield sse('[DONE]');
}
