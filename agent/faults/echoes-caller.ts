import type { Incoming, Line } from '../../harness/model/line.ts';
import type { Clock } from '../../harness/model/time.ts';
import { after } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { changedLine } from '../changed-line.ts';
import { numberOf } from './parts/number.ts';

/** From her mouth back to her ear, beyond the line itself. */
const DELAY_MS = 120;

/** Every frame that comes in goes out again, quieter and a little later. */
function echoing(line: Line, gain: number, clock: Clock): Line {
  async function* heard(): AsyncGenerator<Incoming> {
    for await (const item of line.incoming) {
      if (item.kind === 'audio') line.play([item.samples.map((sample) => sample * gain)], after(clock.now(), DELAY_MS));
      yield item;
    }
  }
  return changedLine(line, { incoming: heard() });
}

const echoesCaller: Fault = {
  summary: "sends the caller's own voice back to her",
  takes: 'level of the echo below her own, dB (14)',
  breaks: ['echo'],
  // To her, an echo is somebody who talks over her.
  mayMove: ['audio_level', 'clause_gap', 'hang_up'],
  shows: [plainTurns],
  apply: (parts, arg) => {
    const db = Math.abs(numberOf('echoes-caller', 'decibels', arg, 14, -Infinity));
    return { ...parts, line: (line, clock) => echoing(parts.line(line, clock), 10 ** (-db / 20), clock) };
  },
};

export default echoesCaller;
