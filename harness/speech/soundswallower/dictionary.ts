import { readFileSync } from 'node:fs';

/** A word and one way of saying it; other ways are `word(2)`, `word(3)`. */
export type Entry = readonly [word: string, phones: string];

/** The words a JSGF grammar is made of, in order of appearance, once each. */
export function wordsOf(jsgf: string): readonly string[] {
  const body = jsgf
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
    .replaceAll(/#JSGF[^;]*;|\b(?:grammar|import)\s[^;]*;|\{[^}]*\}/g, ' ')
    .replaceAll(/<[^>]*>|\/[\d.eE+-]+\/|\bpublic\b/g, ' ');
  return [...new Set(body.split(/[\s|()[\]*+;="]+/).filter(Boolean))];
}

/** Looks words up in a pronouncing dictionary of a model. */
export interface Dictionary {
  /** All ways of saying each word; throws an Error that names the words without any. */
  entriesOf(words: readonly string[], extra: Readonly<Record<string, string>>): readonly Entry[];
}

/** Reads a `dict.txt`: lines of a word and its phones. */
export function openDictionary(path: string): Dictionary {
  const text = `\n${readFileSync(path, 'utf8')}`;
  return {
    entriesOf: (words, extra) => {
      const missing = words.filter((word) => extra[word] === undefined && find(text, word) === undefined);
      if (missing.length > 0) {
        throw new Error(
          `the ear cannot pronounce ${missing.map((word) => `"${word}"`).join(', ')}; add phones for ${missing.length > 1 ? 'them' : 'it'} to the grammar's pronunciations`,
        );
      }
      return words.flatMap((word) => waysOf(text, word, extra[word]));
    },
  };
}

function waysOf(text: string, word: string, extra: string | undefined): readonly Entry[] {
  const ways = [find(text, word), ...[2, 3, 4].map((n) => find(text, `${word}(${n})`)), extra];
  const known = [...new Set(ways.filter((phones) => phones !== undefined))];
  return known.map((phones, i) => [i === 0 ? word : `${word}(${i + 1})`, phones]);
}

/** The phones on the line that begins with `word`. */
function find(text: string, word: string): string | undefined {
  const at = Math.max(text.indexOf(`\n${word} `), text.indexOf(`\n${word}\t`));
  if (at < 0) return undefined;
  const end = text.indexOf('\n', at + 1);
  return text
    .slice(at + word.length + 2, end < 0 ? undefined : end)
    .trim()
    .replaceAll(/\s+/g, ' ');
}
