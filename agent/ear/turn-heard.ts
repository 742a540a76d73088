import type { Heard } from '../../harness/model/speech.ts';
import type { Cue } from '../brain/dialogue.ts';

/** Nobody answers a question sooner after its end, ms: who speaks by then was speaking already. */
const SOONEST_ANSWER = 200;
/** With this share of sounds that are no word, most of a turn was not understood. */
const MOSTLY = 0.5;

/** A turn of hers that began at `from`, as whoever leads the talk is told of it. `saidUntil`: when our last words were over. */
export const turnHeard = (
  { text, garbage }: Pick<Heard, 'text' | 'garbage'>,
  from: number,
  saidUntil: number,
): Extract<Cue, { kind: 'heard' }> => ({
  kind: 'heard',
  text,
  ...(garbage > MOSTLY ? { mostly: 'unknown' } : {}),
  ...(from < saidUntil + SOONEST_ANSWER ? { began: 'before-our-end' } : {}),
});
