import OpenAI, { APIConnectionError, APIError } from 'openai';
import { UsageError } from '../../harness/model/errors.ts';
import type { EngineName } from '../../harness/model/makeup.ts';
import { chatLead } from '../chat/lead.ts';
import { ModelTrouble } from '../chat/model.ts';
import type { ChatMessage, ChatModel, Piece } from '../chat/model.ts';
import { fixedPhrases } from '../chat/phrases.ts';
import { tools } from '../chat/tools.ts';
import type { BrainKind } from '../kinds.ts';

type Param = OpenAI.Chat.ChatCompletionMessageParam;
type ToolDelta = OpenAI.Chat.ChatCompletionChunk.Choice.Delta.ToolCall;

/** Where it is asked for when nothing else is said. */
const USUAL_URL = 'https://api.openai.com/v1';
/** The model of a server that has one only, such as `hangup serve-openai`. OpenAI's own must be named: they cost money. */
const LOCAL_MODEL = 'hangup-rules';
/** A server that is not OpenAI's may want no key, and the client will not go without one. */
const NO_KEY = 'none';

const urlOf = ({ url }: EngineName): string => url ?? process.env['OPENAI_BASE_URL'] ?? USUAL_URL;
const isTheirs = (url: string): boolean => /(^|\.)openai\.com$/.test(URL.parse(url)?.hostname ?? '');
const keyOf = (url: string): string | undefined =>
  process.env['OPENAI_API_KEY'] || (isTheirs(url) ? undefined : NO_KEY);
const modelOf = (named: EngineName): string | undefined =>
  named.model ?? (isTheirs(urlOf(named)) ? undefined : LOCAL_MODEL);

const openai: BrainKind = {
  summary: 'a model behind an OpenAI-compatible chat completions API: openai[:MODEL][@URL]',
  missing: async (named) => {
    const url = urlOf(named);
    if (!URL.canParse(url)) return `the brain's address "${url}" is no URL; write e.g. openai@http://127.0.0.1:8080/v1`;
    if (modelOf(named) === undefined) return 'name the model of the brain, e.g. --brain openai:gpt-4o-mini';
    if (keyOf(url) === undefined) return `the brain at ${url} needs a key; put it into OPENAI_API_KEY`;
    return undefined;
  },
  open: async (named) => {
    const url = urlOf(named);
    // Whoever leads the call tries again, and tells of trouble: it knows what was said by then.
    const client = new OpenAI({ baseURL: url, apiKey: keyOf(url) ?? NO_KEY, maxRetries: 0, logLevel: 'off' });
    const model = modelOf(named) ?? LOCAL_MODEL;
    await greet(client, model, url);
    return { lead: chatLead(chatModel(client, model)), phrases: fixedPhrases, close: async () => undefined };
  },
};

export default openai;

/** One tiny request: the connection is open, and key and model are right, before any phone rings. */
async function greet(client: OpenAI, model: string, url: string): Promise<void> {
  try {
    const messages: Param[] = [{ role: 'user', content: 'Say hello.' }];
    const stream = await client.chat.completions.create({ model, messages, stream: true }, { timeout: 15_000 });
    // The first piece will do.
    for await (const _ of stream) break;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = error instanceof APIConnectionError ? 'nobody answers there' : error.message;
    throw new UsageError(`the brain openai:${model} at ${url} cannot be used: ${why}`);
  }
}

/** The model `model` of a server, as whoever leads a chat asks it. */
export const chatModel = (client: OpenAI, model: string): ChatModel => ({
  answer: (chat, signal) => answer(client, model, chat, signal),
});

async function* answer(
  client: OpenAI,
  model: string,
  chat: readonly ChatMessage[],
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const uses = new Map<number | string, { id: string; name: string; arguments: string }>();
  let finished = false;
  try {
    const asked = { model, messages: chat.map(paramOf), tools: TOOLS, stream: true } as const;
    for await (const { choices } of await client.chat.completions.create(asked, { signal })) {
      const [choice] = choices;
      if (!choice) continue;
      if (choice.delta.content) yield { kind: 'text', text: choice.delta.content };
      for (const part of choice.delta.tool_calls ?? []) join(uses, part);
      finished ||= Boolean(choice.finish_reason);
    }
  } catch (error) {
    throw troubleOf(error);
  }
  if (!finished) throw new ModelTrouble('the answer broke off', 'may pass');
  for (const { id, ...use } of uses.values()) yield { kind: 'use', id, use };
}

/** A tool's name comes first, its arguments bit by bit after it. Servers that send a use whole may leave out its index. */
function join(
  uses: Map<number | string, { id: string; name: string; arguments: string }>,
  { index, id, function: piece }: Omit<ToolDelta, 'index'> & { readonly index?: number },
): void {
  const key = index ?? id ?? 0;
  const use = uses.get(key) ?? { id: `use-${key}`, name: '', arguments: '' };
  uses.set(key, use);
  if (id) use.id = id;
  use.name += piece?.name ?? '';
  use.arguments += piece?.arguments ?? '';
}

/** What may be gone the next time: nobody there, too many at once, a server in trouble, nonsense on the wire. */
function troubleOf(error: unknown): ModelTrouble {
  if (!(error instanceof Error)) return new ModelTrouble(String(error), 'may pass');
  const status = error instanceof APIError ? (error.status as number | undefined) : undefined;
  const stays = status !== undefined && status < 500 && ![408, 409, 429].includes(status);
  return new ModelTrouble(error.message, stays ? 'stays' : 'may pass');
}

const TOOLS = tools.map(({ name, description, parameters }) => ({
  type: 'function' as const,
  function: { name, description, parameters },
}));

function paramOf(message: ChatMessage): Param {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.id, content: message.text };
  if (message.role !== 'assistant') return { role: message.role, content: message.text };
  const calls = message.uses.map(({ id, use }) => ({ id, type: 'function' as const, function: { ...use } }));
  // A turn that was nothing but tools has no text.
  return {
    role: 'assistant',
    content: message.text === '' ? null : message.text,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}
