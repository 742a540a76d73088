import { withoutSecrets } from '../secrets.ts';

/** HTML that is already safe to put into a page. */
export interface Html {
  readonly html: string;
}

type Value = Html | string | number | undefined | readonly Html[];

/**
 * A template whose values are escaped unless they are Html themselves. Beside markup it escapes whatever Markdown
 * or Framework's `${...}` expressions would read, and line breaks, so that a text stays inside its block.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: parts.map((part, index) => part + rendered(values[index])).join(''),
});

function rendered(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(withoutSecrets(value));
  return 'html' in value ? value.html : value.map((each) => each.html).join('\n');
}

/** Every character but plain letters, digits and harmless marks as a numeric reference; control characters are dropped. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u{0}-\u{9}\u{b}-\u{1f}\u{7f}]/gu, ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N} .,;:?%()+/-]/gu, (char) => `&#${char.codePointAt(0)};`);
}
