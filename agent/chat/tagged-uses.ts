import type { Piece } from './model.ts';
import { ModelTrouble } from './model.ts';

const OPEN = '<tool_call>';
const CLOSE = '</tool_call>';

/** How much of the end of `text` may be the beginning of `tag`. */
function begun(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}

/** A use as it stands between its tags: `{"name": ..., "arguments": {...}}`. */
function useIn(text: string, nth: number): Piece {
  let written: { name?: unknown; arguments?: unknown };
  try {
    written = JSON.parse(text) as typeof written;
  } catch {
    throw new ModelTrouble(`a tool was asked for in no JSON: ${text.trim().slice(0, 80)}`, 'may pass');
  }
  const use = { name: String(written.name), arguments: JSON.stringify(written.arguments ?? {}) };
  return { kind: 'use', id: `use-${nth}`, use };
}

/**
 * Tells the words from the tools in what a model of the Hermes manner writes, piece by piece: a use of a tool stands as JSON
 * between `<tool_call>` and `</tool_call>`. What may be the beginning of a tag is kept back. Rejects with ModelTrouble when
 * a use is no JSON, or is not whole at the end.
 */
export async function* taggedUses(written: AsyncIterable<string>): AsyncGenerator<Piece> {
  let [kept, within, uses] = ['', false, 0];
  for await (const piece of written) {
    kept += piece;
    for (;;) {
      const tag = within ? CLOSE : OPEN;
      const at = kept.indexOf(tag);
      if (at < 0) break;
      if (within) yield useIn(kept.slice(0, at), ++uses);
      else if (kept.slice(0, at).trim() !== '') yield { kind: 'text', text: kept.slice(0, at) };
      kept = kept.slice(at + tag.length);
      within = !within;
    }
    if (within) continue;
    const safe = kept.length - begun(kept, OPEN);
    if (kept.slice(0, safe).trim() === '') continue;
    yield { kind: 'text', text: kept.slice(0, safe) };
    kept = kept.slice(safe);
  }
  if (within) throw new ModelTrouble('the answer broke off in a tool', 'may pass');
  if (kept.trim() !== '') yield { kind: 'text', text: kept };
}
