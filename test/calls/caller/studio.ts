import type { Plan, PlannedLine } from '../../../harness/model/plan.ts';
import type { Clip, Rendered } from '../../../harness/model/rendered.ts';
import type { Pcm } from '../../../harness/model/audio.ts';

/** A 300 Hz tone: sound with known bounds, for calls that need no words. */
export function tone(lengthMs: number, rate = 8000): Pcm {
  const length = Math.round((lengthMs * rate) / 1000);
  return Int16Array.from({ length }, (_, index) => Math.round(6000 * Math.sin((2 * Math.PI * 300 * index) / rate)));
}

function clip(text: string, lengthMs: number): Clip {
  const samples = tone(lengthMs);
  return {
    samples,
    rate: 8000,
    text,
    onset: 0,
    end: samples.length,
    intent: Math.min(1600, samples.length),
    pauses: [],
    words: [],
  };
}

/** Every line as a tone of 60 ms a letter: what a renderer would make, without voices. */
export function toneRendered(plan: Plan): Rendered {
  const textOf = (pieces: PlannedLine['pieces']): string =>
    pieces.map((piece) => ('say' in piece ? piece.say : 'sound')).join(' ');
  const made = (pieces: PlannedLine['pieces']): Clip => clip(textOf(pieces), textOf(pieces).length * 40);
  const lines = plan.lines.flatMap((line): [string, Clip][] => [
    [line.id, made(line.pieces)],
    ...line.again.map((way, index): [string, Clip] => [`${line.id}#${index + 1}`, made(way.pieces)]),
  ]);
  const stimuli = plan.stimuli.map((stimulus): [string, Clip] => [stimulus.id, made(stimulus.pieces)]);
  return {
    rate: 8000,
    lines: new Map(lines),
    stimuli: new Map(stimuli),
    bed: undefined,
    speechDb: -18,
    bedDb: undefined,
  };
}
