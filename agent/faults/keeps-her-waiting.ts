import { say } from '../brain/dialogue.ts';
import type { Thought } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { memory, rethinking } from './parts/brain.ts';
import { numberOf } from './parts/number.ts';
import { again, result, waiting } from './parts/together.ts';

const ONE_MOMENT = 'One moment, please.';

/** The reply that she is waiting for. */
const owed = memory<Thought | undefined>('keeps-her-waiting', undefined);

const keepsHerWaiting: Fault = {
  summary: 'asks her to wait a moment before every answer, and takes its time',
  takes: 'milliseconds that each moment lasts (4500)',
  breaks: ['hold_time'],
  mayMove: [...waiting, ...again, ...result],
  shows: [{ persona: 'plain-paula', scenario: 'price-and-hours' }],
  apply: (parts, arg) => {
    const silenceMs = numberOf('keeps-her-waiting', 'milliseconds', arg, 4500);
    return rethinking({ ...parts, manners: { ...parts.manners, silenceMs } }, (think, dialogue, cue, policy) => {
      const answer = owed.of(dialogue);
      if (cue.kind === 'silence' && answer) return answer;
      const [next, acts] = think(dialogue, cue, policy);
      const answers = cue.kind === 'heard' && acts.length > 0 && acts.every((act) => act.kind === 'say');
      if (!answers) return [next, acts];
      return [owed.in(dialogue, [owed.in(next, undefined), acts]), [say(ONE_MOMENT)]];
    });
  },
};

export default keepsHerWaiting;
