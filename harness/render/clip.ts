import type { WordTime } from '../model/audio.ts';
import type { Manner, PauseKind, Piece } from '../model/plan.ts';
import type { Clip } from '../model/rendered.ts';
import { msToSamples, samplesToMs } from '../model/time.ts';
import { addInto, toPcm } from '../speech/dsp/samples.ts';
import { intentOf } from './intent.ts';
import { makePart } from './part.ts';
import type { Part, Speaker } from './part.ts';

/** Between two pieces without a pause, from audible to audible: a word boundary, not a pause she means to hold. */
const JOINT_MS = 60;

/** A part and where its first sample lies in the clip. */
interface Placed {
  readonly part: Part;
  readonly at: number;
}

/**
 * Pieces joined into one clip at the phone's rate. A pause lasts to the sample from the last audible sample before it to
 * the first after it; the soft edges of speech, 30 dB down, lie inside it.
 */
export async function makeClip(pieces: readonly Piece[], manner: Manner, speaker: Speaker): Promise<Clip> {
  const { rate } = speaker;
  const placed: Placed[] = [];
  const pauses: { from: number; to: number; why?: PauseKind }[] = [];
  let waiting: number | undefined;
  let why: PauseKind = 'breath';
  let length = 0;
  for (const piece of pieces) {
    if ('pauseMs' in piece) {
      waiting = (waiting ?? 0) + msToSamples(piece.pauseMs, rate);
      why = piece.why;
      continue;
    }
    const part = await makePart(piece, manner, speaker);
    const before = placed.at(-1);
    const from = before ? before.at + before.part.end : 0;
    const onset = before ? from + (waiting ?? msToSamples(JOINT_MS, rate)) : part.onset + (waiting ?? 0);
    if (before && waiting !== undefined) pauses.push({ from, to: onset, why });
    placed.push({ part, at: onset - part.onset });
    length = Math.max(length, onset - part.onset + part.samples.length);
    waiting = undefined;
  }
  return assemble(placed, pauses, { length: length + (waiting ?? 0), rate });
}

function assemble(
  placed: readonly Placed[],
  pauses: Clip['pauses'],
  { length, rate }: { readonly length: number; readonly rate: number },
): Clip {
  const mix = new Float32Array(length);
  for (const { part, at } of placed) addInto(mix, part.samples, at);
  const words = placed.flatMap(({ part, at }) => part.words.map((word) => moved(word, samplesToMs(at, rate))));
  const [first, last] = [placed[0], placed.at(-1)];
  const onset = first ? first.at + first.part.onset : 0;
  const end = last ? last.at + last.part.end : 0;
  const text = placed
    .map(({ part }) => part.text)
    .filter(Boolean)
    .join(' ');
  const intent = Math.min(end, Math.max(onset, msToSamples(intentOf(words) ?? 0, rate)));
  return { samples: toPcm(mix), rate, text, onset, end, intent, pauses, words };
}

const moved = ({ word, start, end }: WordTime, by: number): WordTime => ({ word, start: start + by, end: end + by });
