/** Gathers the corpus' parts into what sphinxtrain reads: `task.ts CORPUS ETC`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionaryLines, readDictionary } from './language/dictionary.ts';

const [corpus = 'corpus', etc = 'etc'] = process.argv.slice(2);

const ids = gathered('.fileids');
const transcripts = gathered('.transcription', (line) => line.slice(line.lastIndexOf('(')));
const words = new Set(
  transcripts.flatMap((line) => line.split(' ').filter((word) => !word.startsWith('<') && !word.startsWith('('))),
);
const dictionary = dictionaryLines(readDictionary(), words);
const phones = new Set(dictionary.flatMap((line) => line.split(' ').slice(1)));

write('ear_train.fileids', ids);
write('ear_train.transcription', transcripts);
write('ear.dic', dictionary);
write('ear.filler', ['<s> SIL', '</s> SIL', '<sil> SIL']);
write('ear.phone', [...phones, 'SIL'].sort());

function gathered(ending: string, key: (line: string) => string = (line) => line): readonly string[] {
  return readdirSync(corpus)
    .filter((name) => name.endsWith(ending))
    .flatMap((name) => readFileSync(join(corpus, name), 'utf8').trim().split('\n'))
    .map((line) => ({ line, key: key(line) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ line }) => line);
}

function write(name: string, lines: readonly string[]): void {
  writeFileSync(join(etc, name), lines.map((line) => `${line}\n`).join(''));
}
