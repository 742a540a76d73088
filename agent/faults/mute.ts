import type { Pcm } from '../../harness/model/audio.ts';
import type { Chunks } from '../../harness/model/line.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

async function* silenced(chunks: Chunks): AsyncGenerator<Pcm> {
  for await (const chunk of chunks) yield new Int16Array(chunk.length);
}

const mute: Fault = {
  summary: 'goes on with the call, but nothing of it can be heard any more',
  takes: 'how many utterances can be heard before that (1, the greeting)',
  breaks: ['missed_turn', 'dead_air', 'dead_air_total'],
  mayMove: waiting,
  shows: [plainTurns],
  apply: (parts, arg) => {
    const heard = numberOf('mute', 'a number of utterances', arg, 1, -1);
    return mangling(parts, (chunks, nth) => (nth > heard ? silenced(chunks) : chunks));
  },
};

export default mute;
