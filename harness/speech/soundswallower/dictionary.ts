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

/** All ways of saying some words. */
export type Dictionary = ReadonlyMap<string, readonly string[]>;

/** Reads from a `dict.txt` (lines of a word and its phones) what it says of `words`. */
export function readDictionary(path: string, words: Iterable<string>): Dictionary {
  const wanted = new Set(words);
  const ways = new Map<string, string[]>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const gap = line.search(/[\s(]/);
    const word = line.slice(0, gap);
    if (gap <= 0 || !wanted.has(word)) continue;
    const phones = line.slice(line.search(/\s/)).trim().replaceAll(/\s+/g, ' ');
    ways.set(word, [...(ways.get(word) ?? []), phones]);
  }
  return ways;
}

/** The dictionary's ways and those of `extra` (one per word). Throws an Error that names the words without any. */
export function entriesOf(
  words: readonly string[],
  dictionary: Dictionary,
  extra: Readonly<Record<string, string>>,
): readonly Entry[] {
  const missing = words.filter((word) => extra[word] === undefined && !dictionary.has(word));
  if (missing.length > 0) {
    const named = missing.map((word) => `"${word}"`).join(', ');
    throw new Error(`the ear cannot pronounce ${named}; give the phones with the grammars, as pronunciations`);
  }
  return words.flatMap((word) => {
    const ways = [...(dictionary.get(word) ?? []), ...(extra[word] === undefined ? [] : [extra[word]])];
    return [...new Set(ways)].map((phones, i): Entry => [i === 0 ? word : `${word}(${i + 1})`, phones]);
  });
}
