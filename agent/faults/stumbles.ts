import type { Ms } from '../../harness/model/time.ts';
import type { Floor, FloorState } from '../floor/state.ts';
import type { Fault } from '../fault.ts';
import { numberOf } from './parts/number.ts';
import { again, lettingIn, waiting } from './parts/together.ts';

/** Since when it could go on. */
interface Hesitant extends FloorState {
  readonly goesOnAt?: Ms | undefined;
}

/** A floor that goes on only `delayMs` after it has decided to. */
const hesitant =
  (floor: Floor, delayMs: number): Floor =>
  (state: Hesitant, event, manners) => {
    const [next, intentions] = floor(state, event, manners);
    const decided = intentions.includes('unduck');
    const rest = intentions.filter((intention) => intention !== 'unduck');
    const over = rest.includes('cut') || rest.includes('duck') || event.kind === 'said';
    const goesOnAt = over ? undefined : decided ? ((event.at + delayMs) as Ms) : state.goesOnAt;
    if (goesOnAt === undefined || event.at < goesOnAt) return [{ ...next, goesOnAt } as FloorState, rest];
    return [{ ...next, goesOnAt: undefined } as FloorState, [...rest, 'unduck']];
  };

const stumbles: Fault = {
  summary: 'breaks off at every "mm-hm" and cough, and takes long to find its thread again',
  takes: 'milliseconds it is silent beyond the moment of listening (900)',
  breaks: ['stumble'],
  // A stumble is half a stop, and a hole in the agent's turn.
  mayMove: ['false_barge_in', 'hiccup', 'hiccup_length', 'clause_gap', ...lettingIn, ...again, ...waiting],
  shows: [
    { persona: 'cafe-carla', scenario: 'price-and-hours', mind: 'script' },
    { persona: 'coughing-kevin', scenario: 'price-and-hours', mind: 'script' },
  ],
  apply: (parts, arg) => ({
    ...parts,
    floor: hesitant(parts.floor, numberOf('stumbles', 'milliseconds', arg, 900)),
  }),
};

export default stumbles;
