import { z } from 'zod';
import type { Ms } from '../../../harness/model/time.ts';
import { toldIn } from '../../chat/notes.ts';
import { ApiError, badRequest } from '../errors.ts';
import { checked } from '../exchange.ts';
import { sessionUpdate } from './config.ts';
import type { Item } from './items.ts';
import type { Session } from './session.ts';

const text = z.looseObject({ type: z.enum(['input_text', 'output_text', 'text']), text: z.string() });
const wordsOf = (content: readonly z.infer<typeof text>[]): string => content.map((part) => part.text).join(' ');

const newItem = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('message'),
    id: z.string().optional(),
    role: z.enum(['user', 'assistant', 'system']),
    content: z.array(text),
  }),
  z.looseObject({
    type: z.literal('function_call'),
    id: z.string().optional(),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.looseObject({
    type: z.literal('function_call_output'),
    id: z.string().optional(),
    call_id: z.string(),
    output: z.string(),
  }),
]);

function itemOf(asked: z.infer<typeof newItem>, newId: () => string): Item {
  const id = asked.id ?? newId();
  if (asked.type === 'function_call_output') return { kind: 'output', id, callId: asked.call_id, text: asked.output };
  if (asked.type === 'function_call') {
    return { kind: 'call', id, callId: asked.call_id, use: { name: asked.name, arguments: asked.arguments } };
  }
  const said = wordsOf(asked.content);
  if (asked.role === 'system') return { kind: 'system', id, text: said };
  if (asked.role === 'user') return { kind: 'user', id, how: 'input_text', told: toldIn(said), text: said };
  return { kind: 'assistant', id, how: 'output_text', text: said, words: [], audioMs: 0, status: 'completed' };
}

/** What came, and when. */
interface Asked {
  readonly session: Session;
  readonly event: unknown;
  readonly since: Ms;
  readonly newId: () => string;
}

type Handler = (asked: Asked) => void | Promise<void>;

const bytesIn = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

/** What each event of a client asks for. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'session.update': ({ session, event }) =>
    session.update(checked(z.looseObject({ session: sessionUpdate }), event).session),
  'input_audio_buffer.append': ({ session, event }) =>
    session.append(bytesIn(checked(z.looseObject({ audio: z.base64() }), event).audio)),
  'input_audio_buffer.commit': ({ session }) => session.commit(),
  'input_audio_buffer.clear': ({ session }) => session.clear(),
  'conversation.item.create': ({ session, event, newId }) => {
    const { item: asked, previous_item_id: after } = checked(
      z.looseObject({ item: newItem, previous_item_id: z.string().nullish() }),
      event,
    );
    const item = itemOf(asked, newId);
    session.conversation.add(item, after ?? undefined);
    session.conversation.done(item);
  },
  'conversation.item.delete': ({ session, event }) => session.conversation.remove(named(event)),
  'conversation.item.retrieve': ({ session, event }) => session.conversation.retrieve(named(event)),
  'conversation.item.truncate': ({ session, event }) => {
    const wanted = z.looseObject({ item_id: z.string(), audio_end_ms: z.number().min(0) });
    const { item_id: id, audio_end_ms: endMs } = checked(wanted, event);
    session.truncate(id, endMs);
  },
  'response.create': ({ session, event, since }) =>
    session.respond(checked(z.looseObject({ response: sessionUpdate.optional() }), event).response ?? {}, since),
  'response.cancel': ({ session }) => session.cancel(),
};

const named = (event: unknown): string => checked(z.looseObject({ item_id: z.string() }), event).item_id;

/** Does what an event of the client asks for. Throws, or rejects with, ApiError when it cannot be. */
export async function obey(asked: Asked): Promise<void> {
  const { type } = checked(z.looseObject({ type: z.string() }), asked.event);
  const handler = HANDLERS[type];
  if (!handler) throw badRequest(`There is no client event '${type}'`, 'type');
  await handler(asked);
}

/** The event that tells a client that one of its own was refused. */
export function refusal(error: unknown, event: unknown): object {
  const { event_id: id = null } = (typeof event === 'object' ? (event ?? {}) : {}) as { event_id?: unknown };
  const known = error instanceof ApiError ? error : new ApiError(500, 'internal_error', 'The server had an error');
  return { error: { ...known.body, event_id: id } };
}
