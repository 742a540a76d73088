import type { Pcm } from '../../harness/model/audio.ts';
import type { Chunks } from '../../harness/model/line.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';

async function* softer(chunks: Chunks, gain: number): AsyncGenerator<Pcm> {
  for await (const chunk of chunks) yield chunk.map((sample) => sample * gain);
}

const tooQuiet: Fault = {
  summary: 'speaks so softly that she must strain to hear it',
  takes: 'how much softer, dB (12)',
  breaks: ['audio_level'],
  mayMove: ['turn_latency', 'clause_gap'],
  shows: [plainTurns],
  sweep: { metric: 'audio_level', args: [6, 10, 14], per: 1, calls: [plainTurns] },
  apply: (parts, arg) => {
    const db = numberOf('too-quiet', 'decibels', arg, 12);
    return mangling(parts, (chunks) => softer(chunks, 10 ** (-db / 20)));
  },
};

export default tooQuiet;
