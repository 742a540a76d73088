import type { Pcm } from '../../harness/model/audio.ts';
import type { Chunks } from '../../harness/model/line.ts';
import { msToSamples } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

async function* led(chunks: Chunks, samples: number): AsyncGenerator<Pcm> {
  yield new Int16Array(samples);
  yield* chunks;
}

const leadingSilence: Fault = {
  summary: 'sends audio at once, but the first of it is silence: its own clock says that it was quick',
  takes: 'milliseconds of silence at the head of every reply (1200)',
  breaks: ['turn_latency', 'answer_latency', 'leading_silence'],
  mayMove: waiting,
  shows: [plainTurns],
  sweep: { metric: 'turn_latency', args: [200, 600, 1000], per: 1, calls: [plainTurns] },
  apply: (parts, arg) => {
    const silence = numberOf('leading-silence', 'milliseconds', arg, 1200);
    return mangling(parts, (chunks, _nth, _clock, rate) => led(chunks, msToSamples(silence, rate)));
  },
};

export default leadingSilence;
