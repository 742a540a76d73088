import type { Pcm } from '../../harness/model/audio.ts';
import type { Chunks } from '../../harness/model/line.ts';
import { msToSamples } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { again, waiting } from './parts/together.ts';

async function* broken(chunks: Chunks, gap: number): AsyncGenerator<Pcm> {
  let first = true;
  for await (const chunk of chunks) {
    if (!first) yield new Int16Array(gap);
    first = false;
    yield chunk;
  }
}

const stutters: Fault = {
  summary: 'runs dry after every clause: each waits for the next to be made',
  takes: 'milliseconds of silence between two clauses (1200)',
  breaks: ['clause_gap'],
  mayMove: [...waiting, ...again, 'cut_in', 'agent_overlap'],
  shows: [plainTurns],
  apply: (parts, arg) => {
    const gap = numberOf('stutters', 'milliseconds', arg, 1200);
    return mangling(parts, (chunks, _nth, _clock, rate) => broken(chunks, msToSamples(gap, rate)));
  },
};

export default stutters;
