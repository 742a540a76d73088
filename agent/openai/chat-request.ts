import { z } from 'zod';
import { toldIn } from '../chat/notes.ts';
import type { Entry } from './fold.ts';

const content = z
  .union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))])
  .nullish()
  .transform((parts) => (typeof parts === 'string' ? parts : (parts ?? []).map(({ text = '' }) => text).join(' ')));

const toolCall = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer']) }),
  z.looseObject({ role: z.literal('user'), content }),
  z.looseObject({ role: z.literal('assistant'), content, tool_calls: z.array(toolCall).nullish() }),
  z.looseObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
]);

/** What of a chat completion's request is heeded; sampling is not, since the rules leave nothing to chance. */
export const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })).nullish(),
  tool_choice: z.unknown().optional(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, 'there is one answer only').nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** The tools a client has for us. */
export const offeredIn = ({ tools, tool_choice: choice }: ChatRequest): ReadonlySet<string> =>
  new Set(choice === 'none' ? [] : (tools ?? []).flatMap((tool) => (tool.function ? [tool.function.name] : [])));

/** Its messages as a conversation; instructions are not heeded. */
export function entriesIn({ messages }: ChatRequest): readonly Entry[] {
  return messages.flatMap((one): readonly Entry[] => {
    switch (one.role) {
      case 'user':
        return [{ kind: 'told', told: toldIn(one.content) }];
      case 'assistant':
        return [
          ...(one.content === '' ? [] : [{ kind: 'said', text: one.content } as const]),
          ...(one.tool_calls ?? []).map(({ id, function: { name, arguments: given } }): Entry => ({
            kind: 'used',
            id,
            use: { name, arguments: given },
          })),
        ];
      case 'tool':
        return [{ kind: 'result', id: one.tool_call_id, text: one.content }];
      default:
        return [];
    }
  });
}
