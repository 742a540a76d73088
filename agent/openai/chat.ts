import { unixTime } from '../../harness/clock/wall.ts';
import type { ToolUse } from '../chat/tools.ts';
import { chatRequest, entriesIn, offeredIn } from './chat-request.ts';
import type { ChatRequest } from './chat-request.ts';
import { chunks } from './chat-sse.ts';
import { jsonOf, sendJson, sendPieces, SSE } from './exchange.ts';
import type { Endpoint, Exchange } from './exchange.ts';
import { fold } from './fold.ts';
import type { Reply } from './fold.ts';
import { demandModel, MODELS } from './models.ts';

/** A tool to be used, under the name its result is to come back with. */
export interface NamedUse extends ToolUse {
  readonly id: string;
}

/** An answer on its way out. */
export interface Completion {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly model: string;
  readonly words: string;
  readonly uses: readonly NamedUse[];
  readonly finish: 'stop' | 'tool_calls';
  readonly usage: Usage;
}

/** Counted in words, the rules' tokens. */
interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;

function usageOf({ messages }: ChatRequest, { words, uses }: Reply): Usage {
  const asked = wordCount(messages.map((message) => ('content' in message ? String(message.content) : '')).join(' '));
  const answered = wordCount([words, ...uses.map((use) => use.arguments)].join(' '));
  return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered };
}

/** `POST /v1/chat/completions`. */
export const complete: Endpoint = async (exchange) => {
  const { backend, since } = exchange;
  const asked = await jsonOf(exchange, chatRequest);
  demandModel(asked.model, MODELS.chat);
  const reply = fold(entriesIn(asked), offeredIn(asked));
  const completion: Completion = {
    id: backend.newId('chatcmpl'),
    created: unixTime(),
    model: MODELS.chat,
    words: reply.words,
    uses: reply.uses.map((use) => ({ ...use, id: backend.newId('call') })),
    finish: reply.uses.length > 0 ? 'tool_calls' : 'stop',
    usage: usageOf(asked, reply),
  };
  const delay = backend.latency.draw('chat', since);
  if (asked.stream !== true) return sendWhole(exchange, completion, delay);
  const withUsage = asked.stream_options?.include_usage === true;
  await sendPieces(exchange, SSE, chunks(completion, withUsage ? 'with usage' : 'alone'), delay);
};

function sendWhole(exchange: Exchange, completion: Completion, delay: Parameters<typeof sendJson>[2]): Promise<void> {
  const { id, created, model, words, uses, finish, usage } = completion;
  const calls = uses.map((use) => ({
    id: use.id,
    type: 'function',
    function: { name: use.name, arguments: use.arguments },
  }));
  const message = {
    role: 'assistant',
    content: words === '' ? null : words,
    refusal: null,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
  return sendJson(exchange, { id, object: 'chat.completion', created, model, choices, usage }, delay);
}
