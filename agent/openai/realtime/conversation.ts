import { badRequest } from '../errors.ts';
import type { Entry } from '../fold.ts';
import { entriesOf, truncate, wireOf } from './items.ts';
import type { Item, SpokenItem, UserItem } from './items.ts';
import type { Send } from './session.ts';

/** The items of one session, in order; tells the client what becomes of them. */
export class Conversation {
  readonly #send: Send;
  #items: readonly Item[] = [];

  constructor(send: Send) {
    this.#send = send;
  }

  get entries(): readonly Entry[] {
    return entriesOf(this.#items);
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  /** Adds it behind `after`: the last one, unless told; `root` is the beginning. Throws ApiError when there is no such item. */
  add(item: Item, after: string | null = this.lastId): void {
    if (this.#items.some(({ id }) => id === item.id)) {
      throw badRequest(`An item with id '${item.id}' already exists`, 'item.id');
    }
    const at = after === null || after === 'root' ? 0 : this.#items.indexOf(this.#find(after)) + 1;
    this.#items = this.#items.toSpliced(at, 0, item);
    this.#send('conversation.item.added', { item: wireOf(item), previous_item_id: this.#items[at - 1]?.id ?? null });
  }

  /** It is whole. */
  done(item: Item): void {
    const before = this.#items[this.#items.indexOf(item) - 1]?.id ?? null;
    this.#send('conversation.item.done', { item: wireOf(item), previous_item_id: before });
  }

  remove(id: string): void {
    const item = this.#find(id);
    this.#items = this.#items.filter((one) => one !== item);
    this.#send('conversation.item.deleted', { item_id: id });
  }

  retrieve(id: string): void {
    this.#send('conversation.item.retrieved', { item: wireOf(this.#find(id)) });
  }

  /** One of ours. Throws ApiError when it is not. */
  spoken(id: string): SpokenItem {
    const item = this.#find(id);
    if (item.kind === 'assistant' && item.how === 'output_audio') return item;
    throw badRequest(`Item '${id}' is no audio of the assistant`, 'item_id');
  }

  truncate(item: SpokenItem, audioEndMs: number): void {
    truncate(item, audioEndMs);
    this.#send('conversation.item.truncated', { item_id: item.id, content_index: 0, audio_end_ms: audioEndMs });
  }

  /** Her words are known. */
  transcribed({ id, text }: UserItem): void {
    const part = { item_id: id, content_index: 0 };
    for (const delta of text.match(/\s*\S+/g) ?? []) {
      this.#send('conversation.item.input_audio_transcription.delta', { ...part, delta });
    }
    this.#send('conversation.item.input_audio_transcription.completed', { ...part, transcript: text });
  }

  #find(id: string): Item {
    const item = this.#items.find((one) => one.id === id);
    if (item) return item;
    throw badRequest(`There is no item with id '${id}'`, 'item_id');
  }
}
