import type { Chunks, Line } from '../../../harness/model/line.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { after } from '../../../harness/model/time.ts';
import type { Clock } from '../../../harness/model/time.ts';
import type { AgentParts } from '../../parts.ts';

/** The line with some of its ways changed. */
export const changedLine = (line: Line, changes: Partial<Pick<Line, 'play' | 'incoming' | 'transfer'>>): Line => ({
  format: line.format,
  incoming: changes.incoming ?? line.incoming,
  ended: line.ended,
  play: changes.play ?? ((chunks, startAt) => line.play(chunks, startAt)),
  sendKey: (key) => line.sendKey(key),
  transfer: changes.transfer ?? ((to, context, replacing) => line.transfer(to, context, replacing)),
  hangUp: () => line.hangUp(),
  leg: () => line.leg(),
});

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
