import type { Pcm } from '../../harness/model/audio.ts';
import { concatPcm } from '../../harness/model/audio.ts';
import type { Chunks } from '../../harness/model/line.ts';
import { after, samplesToMs } from '../../harness/model/time.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

/** All of `chunks` at once, when a voice that takes `percent` of real time has made the last of them. */
async function* whole(chunks: Chunks, percent: number, clock: Clock, rate: number): AsyncGenerator<Pcm> {
  const begun = clock.now();
  const made: Pcm[] = [];
  for await (const chunk of chunks) made.push(chunk);
  const reply = concatPcm(made);
  await clock.sleepUntil(after(begun, (samplesToMs(reply.length, rate) * percent) / 100));
  yield reply;
}

const batch: Fault = {
  summary: 'makes the whole reply before the first word of it can be heard',
  takes: 'time the voice takes, percent of what it says (60)',
  breaks: ['turn_latency', 'stage_voice'],
  mayMove: waiting,
  shows: [plainTurns],
  apply: (parts, arg) => {
    const percent = numberOf('batch', 'a percentage', arg, 60);
    return mangling(parts, (chunks, _nth, clock, rate) => whole(chunks, percent, clock, rate));
  },
};

export default batch;
