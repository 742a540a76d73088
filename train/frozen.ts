import { readFileSync } from 'node:fs';

/** A sentence of the frozen test list. `state` is the grammar an agent would listen with. */
export interface FrozenSentence {
  readonly state: string;
  readonly text: string;
}

/** The frozen test list, never trained or tuned on. */
export function frozenSentences(): readonly FrozenSentence[] {
  return JSON.parse(readFileSync(new URL('./frozen-test.json', import.meta.url), 'utf8')) as FrozenSentence[];
}

/** Whether `text`, bar commas, is one of the frozen sentences or holds one of five words or more. */
export function isFrozen(text: string, frozen: readonly FrozenSentence[]): boolean {
  const bare = ` ${text.replaceAll(',', ' ').split(/\s+/).join(' ').trim()} `;
  return frozen.some((sentence) => {
    const words = ` ${sentence.text} `;
    return bare === words || (sentence.text.split(' ').length >= 5 && bare.includes(words));
  });
}
