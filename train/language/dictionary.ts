import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder of soundswallower's stock English model: the source of pronunciations and of the phone set. */
export const STOCK_MODEL = join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model', 'en-us');

/** Words the stock dictionary lacks, in its phones. */
const OWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  toothache: ['T UW TH EY K'],
  priya: ['P R IY AH'],
  'a.m.': ['EY EH M'],
  'p.m.': ['P IY EH M'],
};

/** Pronunciations by word, the usual one first. */
export type Dictionary = ReadonlyMap<string, readonly string[]>;

/** The stock dictionary with our own words. */
export function readDictionary(): Dictionary {
  const dictionary = new Map<string, string[]>();
  for (const line of readFileSync(join(STOCK_MODEL, 'dict.txt'), 'utf8').split('\n')) {
    const [entry, ...phones] = line.trim().split(/\s+/);
    if (!entry || phones.length === 0) continue;
    const word = entry.replace(/\(\d+\)$/, '');
    const said = dictionary.get(word) ?? [];
    dictionary.set(word, [...said, phones.join(' ')]);
  }
  for (const [word, said] of Object.entries(OWN_WORDS)) {
    if (!dictionary.has(word)) dictionary.set(word, [...said]);
  }
  return dictionary;
}

/** Lines of a Sphinx dictionary for `words`; throws naming the words it cannot pronounce. */
export function dictionaryLines(dictionary: Dictionary, words: Iterable<string>): readonly string[] {
  const sorted = [...new Set(words)].sort();
  const unknown = sorted.filter((word) => !dictionary.has(word));
  if (unknown.length > 0) throw new Error(`no pronunciation for: ${unknown.join(' ')}`);
  return sorted.flatMap((word) =>
    (dictionary.get(word) ?? []).map((phones, i) => `${i === 0 ? word : `${word}(${i + 1})`} ${phones}`),
  );
}
