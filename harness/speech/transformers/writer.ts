import { libraryFor, loadOptions } from './load.ts';
import type { FoundModel } from './models.ts';

/** A message of a chat, and a tool, as chat templates of the hub's models take them. */
export type TemplateMessage = { readonly role: string; readonly content: string } & Readonly<Record<string, unknown>>;
export type TemplateTool = Readonly<Record<string, unknown>>;

/** A chat to be gone on with. */
export interface ChatToWrite {
  readonly messages: readonly TemplateMessage[];
  readonly tools: readonly TemplateTool[];
}

/** Writes the next message of a chat. */
export interface Writer {
  /** Tells each piece as it is written; special tokens are left out. Rejects when it is interrupted. */
  write(chat: ChatToWrite, tell: (piece: string) => void): Promise<void>;
  /** Ends the writing under way after the token it is at. */
  interrupt(): void;
}

/** Nobody listens to more on a telephone; a model that repeats itself writes for ever. */
const MOST_TOKENS = 256;

/** Loads a causal language model with a chat template, and lets it write one token: the first answer costs what the others do. */
export async function loadWriter(model: FoundModel): Promise<Writer> {
  const library = await libraryFor(model.folder);
  const [network, tokenizer] = await Promise.all([
    library.AutoModelForCausalLM.from_pretrained(model.repo, loadOptions(model)),
    library.AutoTokenizer.from_pretrained(model.repo),
  ]);
  const stopping = new library.InterruptableStoppingCriteria();
  const generate = async (chat: ChatToWrite, most: number, tell: (piece: string) => void): Promise<void> => {
    const inputs = tokenizer.apply_chat_template(chat.messages as never, {
      ...(chat.tools.length > 0 ? { tools: chat.tools as never } : {}),
      add_generation_prompt: true,
      return_dict: true,
    });
    const streamer = new library.TextStreamer(tokenizer, {
      skip_prompt: true,
      skip_special_tokens: true,
      callback_function: (piece: string) => {
        if (piece !== '') tell(piece);
      },
    });
    const greedily = { do_sample: false, max_new_tokens: most, streamer, stopping_criteria: stopping };
    await network.generate({ ...(inputs as object), ...greedily });
  };
  await generate({ messages: [{ role: 'user', content: 'hello' }], tools: [] }, 1, () => undefined);
  return {
    write: async (chat, tell) => {
      stopping.reset();
      await generate(chat, MOST_TOKENS, tell);
      if (stopping.interrupted) throw new Error('was interrupted');
    },
    interrupt: () => stopping.interrupt(),
  };
}
