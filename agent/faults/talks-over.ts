import type { Floor } from '../floor/state.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { again, lettingFinish, lettingIn, result, waiting } from './parts/together.ts';

/** A floor that answers once the caller has spoken for `afterMs`, done or not. */
const impatient =
  (floor: Floor, afterMs: number): Floor =>
  (state, event, manners) => {
    const [next, intentions] = floor(state, event, manners);
    const spoke = next.burst?.loudMs ?? 0;
    if (event.kind !== 'frame' || next.mode !== 'holding' || spoke < afterMs) return [next, intentions];
    return [{ ...next, mode: 'answering', burst: undefined }, [...intentions, 'answer']];
  };

const talksOver: Fault = {
  summary: 'begins its reply while the caller is still speaking, and goes on',
  takes: 'milliseconds of her turn it waits for (700)',
  breaks: ['agent_overlap'],
  mayMove: [...lettingFinish, ...lettingIn, ...again, ...result, ...waiting],
  shows: [plainTurns],
  apply: (parts, arg) => ({
    ...parts,
    floor: impatient(parts.floor, numberOf('talks-over', 'milliseconds', arg, 700)),
    manners: { ...parts.manners, bargeInMs: Infinity },
  }),
};

export default talksOver;
