import type { Floor } from '../floor/state.ts';
import type { Fault } from '../fault.ts';
import { again, lettingFinish, result } from './parts/together.ts';

/** A floor to which every sound in silence is a turn. */
const obliging =
  (floor: Floor): Floor =>
  (state, event, manners) => {
    const [next, intentions] = floor(state, event, manners);
    return [next.mode === 'holding' ? { ...next, claimed: true } : next, intentions];
  };

const answersCoughs: Fault = {
  summary: 'takes a cough for a turn, and asks her to say it again',
  breaks: ['spurious_response'],
  // Having answered the cough it has spoken twice before she has spoken once.
  mayMove: [...again, ...lettingFinish, ...result, 'opening'],
  shows: [{ persona: 'croaky-thomas', scenario: 'price-and-hours', mind: 'script' }],
  apply: (parts) => ({ ...parts, floor: obliging(parts.floor) }),
};

export default answersCoughs;
