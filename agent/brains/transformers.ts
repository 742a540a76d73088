import type { EngineName } from '../../harness/model/makeup.ts';
import { ms } from '../../harness/model/time.ts';
import { startModel } from '../../harness/speech/transformers/engine.ts';
import type { ModelEngine } from '../../harness/speech/transformers/engine.ts';
import { INSTRUCT, installedModel, missingModel } from '../../harness/speech/transformers/models.ts';
import type { TemplateMessage } from '../../harness/speech/transformers/writer.ts';
import { chatLead } from '../chat/lead.ts';
import { ModelTrouble } from '../chat/model.ts';
import type { ChatMessage, ChatModel } from '../chat/model.ts';
import { usualPatience } from '../chat/patience.ts';
import { fixedPhrases } from '../chat/phrases.ts';
import { taggedUses } from '../chat/tagged-uses.ts';
import { tools } from '../chat/tools.ts';
import type { BrainKind } from '../kinds.ts';

/** A processor reads the whole chat anew before its first word: seconds, where a server takes a fraction of one. */
const PATIENCE = { ...usualPatience, firstMs: ms(20_000) };

const transformers: BrainKind = {
  summary:
    'a small instruct model on this machine: transformers[:qwen2.5-0.5b|OWNER/REPOSITORY]; fetched by `hangup fetch transformers:qwen2.5-0.5b`',
  missing: async (named) => notHere(named) ?? missingModel(INSTRUCT, named),
  open: async (named) => {
    const engine = await startModel({ ...installedModel(INSTRUCT, named), task: 'write' });
    return { lead: chatLead(chatModel(engine), PATIENCE), phrases: fixedPhrases, close: () => engine.close() };
  },
};

export default transformers;

const notHere = ({ url }: EngineName): string | undefined =>
  url === undefined ? undefined : `the brain transformers runs on this machine and not at ${url}; leave @${url} out`;

/** The model in `engine`, as whoever leads a chat asks it. */
export const chatModel = (engine: ModelEngine): ChatModel => ({
  answer: (chat, signal) => taggedUses(written(engine, chat, signal)),
});

/** What it writes, as it comes. */
const written = (engine: ModelEngine, chat: readonly ChatMessage[], signal: AbortSignal): ReadableStream<string> =>
  new ReadableStream({
    start: (stream) => {
      const asked = { messages: chat.map(messageOf), tools: TOOLS };
      engine
        .ask({ kind: 'write', chat: asked }, signal, (piece) => stream.enqueue(piece))
        .then(
          () => stream.close(),
          (error: unknown) => stream.error(new ModelTrouble((error as Error).message, 'may pass')),
        );
    },
  });

const TOOLS = tools.map(({ name, description, parameters }) => ({
  type: 'function',
  function: { name, description, parameters },
}));

function messageOf(message: ChatMessage): TemplateMessage {
  if (message.role !== 'assistant') return { role: message.role, content: message.text };
  const uses = message.uses.map(({ use }) => ({
    type: 'function',
    // Templates write the arguments down as JSON themselves.
    function: { name: use.name, arguments: valueOf(use.arguments) },
  }));
  return { role: 'assistant', content: message.text, ...(uses.length > 0 ? { tool_calls: uses } : {}) };
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
