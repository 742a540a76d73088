import type { Told } from '../../chat/notes.ts';
import type { ToolUse } from '../../chat/tools.ts';
import type { Entry } from '../fold.ts';

/** A word that was spoken, and when in its item its sound ends. */
export interface SpokenWord {
  readonly word: string;
  readonly endMs: number;
}

/** What the caller said or did. `told` is missing until her words are known. */
export interface UserItem {
  readonly kind: 'user';
  readonly id: string;
  readonly how: 'input_audio' | 'input_text';
  told: Told | undefined;
  text: string;
}

/** What we said. */
export interface SpokenItem {
  readonly kind: 'assistant';
  readonly id: string;
  readonly how: 'output_audio' | 'output_text';
  text: string;
  words: readonly SpokenWord[];
  audioMs: number;
  status: 'in_progress' | 'completed' | 'incomplete';
}

/** An entry of the conversation. */
export type Item =
  | UserItem
  | SpokenItem
  | { readonly kind: 'system'; readonly id: string; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly callId: string; readonly use: ToolUse }
  | { readonly kind: 'output'; readonly id: string; readonly callId: string; readonly text: string };

/** A word cut in this much of its end counts as heard, ms. */
const NEARLY_MS = 80;

/** Forgets what of an item was not heard. */
export function truncate(item: SpokenItem, audioEndMs: number): void {
  const heard = item.words.filter(({ endMs }) => endMs <= audioEndMs + NEARLY_MS);
  const written = item.text.split(' ');
  const same = written.length === item.words.length;
  item.text = (same ? written.slice(0, heard.length) : heard.map(({ word }) => word)).join(' ');
  item.words = heard;
  item.audioMs = Math.min(item.audioMs, audioEndMs);
  item.status = 'incomplete';
}

/** The item as events show it. */
export function wireOf(item: Item): object {
  const head = { id: item.id, object: 'realtime.item' };
  switch (item.kind) {
    case 'user': {
      const audio = { type: 'input_audio', transcript: item.told ? item.text : null };
      const content = [item.how === 'input_audio' ? audio : { type: 'input_text', text: item.text }];
      return { ...head, type: 'message', role: 'user', status: 'completed', content };
    }
    case 'assistant':
      return { ...head, type: 'message', role: 'assistant', status: item.status, content: contentOf(item) };
    case 'system':
      return {
        ...head,
        type: 'message',
        role: 'system',
        status: 'completed',
        content: [{ type: 'input_text', text: item.text }],
      };
    case 'call': {
      const { name, arguments: given } = item.use;
      return { ...head, type: 'function_call', status: 'completed', call_id: item.callId, name, arguments: given };
    }
    case 'output':
      return { ...head, type: 'function_call_output', status: 'completed', call_id: item.callId, output: item.text };
  }
}

function contentOf({ how, text, status }: SpokenItem): readonly object[] {
  if (text === '' && status === 'in_progress') return [];
  return [how === 'output_audio' ? { type: how, transcript: text } : { type: how, text }];
}

/** The conversation as the rules are told of it. */
export const entriesOf = (items: readonly Item[]): readonly Entry[] =>
  items.flatMap((item): readonly Entry[] => {
    switch (item.kind) {
      case 'user':
        return item.told ? [{ kind: 'told', told: item.told }] : [];
      case 'assistant':
        return [{ kind: 'said', text: item.text }];
      case 'call':
        return [{ kind: 'used', id: item.callId, use: item.use }];
      case 'output':
        return [{ kind: 'result', id: item.callId, text: item.text }];
      case 'system':
        return [];
    }
  });
