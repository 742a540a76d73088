import { UsageError } from '../../model/errors.ts';

/** One thing to do on the page before it calls. */
export type Step =
  /** Presses the first button or link of this name; part of it is enough. */
  | { readonly click: string }
  /** Types into the field of this name. */
  | { readonly fill: string; readonly with: string }
  | { readonly waitMs: number };

/** What to do on a page so that it calls. */
export type Recipe = readonly Step[];

/** What most pages write on the button. */
export const CALL_WORDS = /\b(?:call|start|talk|connect)/i;

/** What most pages write on the button that ends it. */
export const END_WORDS = /\b(?:hang ?up|end|leave|disconnect|stop)\b/i;

/**
 * The recipe in a page's address: `#hangup:click=Call;fill=Name=Ann;wait=500`, in that order; an empty one where there
 * is none. Throws UsageError for a step that means nothing.
 */
export function recipeIn(url: URL): Recipe {
  const [, text] = /^#hangup:(.*)$/.exec(url.hash) ?? [];
  if (text === undefined) return [];
  return decoded(text)
    .split(';')
    .map((part) => stepIn(part));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`"#hangup:${text}" cannot be read; write a per cent sign in an address as %25`);
  }
}

function stepIn(text: string): Step {
  const [, what, rest = ''] = /^(\w+)=(.+)$/.exec(text.trim()) ?? [];
  if (what === 'click') return { click: rest };
  const [, name, value] = /^([^=]+)=(.*)$/.exec(rest) ?? [];
  if (what === 'fill' && name !== undefined && value !== undefined) return { fill: name, with: value };
  if (what === 'wait' && /^\d{1,5}$/.test(rest)) return { waitMs: Number(rest) };
  throw new UsageError(`"${text}" is no step on a page; write click=NAME, fill=NAME=TEXT or wait=MILLISECONDS`);
}
