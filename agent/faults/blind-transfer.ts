import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { billCall } from './parts/calls.ts';
import { handedOver, waiting } from './parts/together.ts';

const blindTransfer: Fault = {
  summary: 'puts callers through without a word about it',
  breaks: ['announce_etiquette'],
  mayMove: [...handedOver, ...waiting],
  shows: [billCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const [next, acts] = think(dialogue, cue, policy);
      const leaving = acts.some((act) => act.kind === 'hand-over');
      return [next, leaving ? acts.filter((act) => act.kind !== 'say') : acts];
    }),
};

export default blindTransfer;
