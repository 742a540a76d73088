import type { Chunks } from '../../../harness/model/line.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { after } from '../../../harness/model/time.ts';
import type { Clock } from '../../../harness/model/time.ts';
import { changedLine } from '../../changed-line.ts';
import type { AgentParts } from '../../parts.ts';

/** What becomes of the agent's `nth` utterance in a call (1 is the greeting). `rate` is the line's, Hz. */
export type Mangle = (chunks: Chunks, nth: number, clock: Clock, rate: number) => Chunks;

/** The parts with every utterance passed through `mangle` on its way out. */
export const mangling = (parts: AgentParts, mangle: Mangle): AgentParts => ({
  ...parts,
  line: (bare, clock) => {
    const line = parts.line(bare, clock);
    let nth = 0;
    return changedLine(line, {
      play: (chunks, startAt) => line.play(mangle(chunks, ++nth, clock, line.format.rate), startAt),
    });
  },
});

/** `chunks`, not before `delayMs` have passed. */
export async function* delayed(chunks: Chunks, delayMs: number, clock: Clock): AsyncGenerator<Pcm> {
  await clock.sleepUntil(after(clock.now(), delayMs));
  yield* chunks;
}
