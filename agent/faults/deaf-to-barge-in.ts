import type { Incoming, Line } from '../../harness/model/line.ts';
import type { Fault } from '../fault.ts';
import { interruptedCall } from './parts/calls.ts';
import { changedLine } from '../changed-line.ts';
import { numberOf } from './parts/number.ts';
import { again, lettingIn, result, waiting } from './parts/together.ts';

/** A line on which the caller is heard `delayMs` late while the agent sounds, and caught up with once it is silent. */
function deafened(line: Line, delayMs: number): Line {
  let playing = 0;
  async function* heard(): AsyncGenerator<Incoming> {
    let late: Incoming[] = [];
    for await (const item of line.incoming) {
      late.push(item);
      const now = item.arrivedAt;
      const waits = playing === 0 ? late.length : late.findIndex(({ arrivedAt }) => arrivedAt > now - delayMs);
      yield* late.slice(0, waits);
      late = late.slice(waits);
    }
    yield* late;
  }
  return changedLine(line, {
    incoming: heard(),
    play: (chunks, startAt) => {
      const utterance = line.play(chunks, startAt);
      playing += 1;
      void utterance.done.then(() => (playing -= 1));
      return utterance;
    },
  });
}

const deafToBargeIn: Fault = {
  summary: 'finishes its sentence, whatever the caller says over it',
  takes: 'milliseconds after which it hears her all the same (never)',
  breaks: ['stop_time', 'yield_rate'],
  mayMove: [...lettingIn, ...again, ...result, ...waiting],
  shows: [interruptedCall],
  sweep: {
    metric: 'stop_time',
    // She speaks for a second at least; deaf for longer than that, it may never know that she did. Whole frames.
    args: [300, 440, 600, 740, 900],
    per: 1,
    calls: [
      { persona: 'insistent-grace', scenario: 'book-cleaning', mind: 'script', turns: 2 },
      { persona: 'insistent-grace', scenario: 'move-appointment', mind: 'script', turns: 2 },
    ],
    with: ['monologues'],
  },
  apply: (parts, arg) => {
    const deafMs = numberOf('deaf-to-barge-in', 'milliseconds', arg, Infinity);
    if (deafMs < Infinity) return { ...parts, line: (line, clock) => deafened(parts.line(line, clock), deafMs) };
    return { ...parts, manners: { ...parts.manners, bargeInMs: Infinity } };
  },
};

export default deafToBargeIn;
