import type { Heard } from '../../harness/model/speech.ts';
import { fillers } from './lexicon.ts';

/** What stands for an unknown word in an outline. */
export const UNKNOWN = '~';

const filled = new Set(fillers);
const echoes = new Set([...fillers, "it's", 'it', 'is', "that's"]);

/** An ear that tells no outline has heard what it has heard. */
const outlineOf = ({ text, outline }: Heard): readonly string[] => (outline ?? text).split(' ');

/** An unknown word, or what the ear likes to make of one. */
export const isEcho = (word: string): boolean => word === UNKNOWN || echoes.has(word);

/** Unknown words behind the last known one, fillers apart: the ear makes such of them too. */
export function unknownAtTheEnd(heard: Heard): number {
  const outline = outlineOf(heard);
  const last = outline.findLastIndex((word) => word !== UNKNOWN && !filled.has(word));
  return outline.slice(last + 1).filter((word) => word === UNKNOWN).length;
}

/** The known words before those at the end for which `made` holds, given each and the one before it. */
export function wordsBefore(heard: Heard, made: (word: string, previous: string | undefined) => boolean): string {
  const outline = [...outlineOf(heard)];
  while (outline.length > 0 && made(outline.at(-1) ?? '', outline.at(-2))) outline.pop();
  return outline.filter((word) => word !== UNKNOWN).join(' ');
}
