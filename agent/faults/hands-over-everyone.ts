import { say } from '../brain/dialogue.ts';
import type { HandOver } from '../brain/dialogue.ts';
import { announce } from '../brain/phrases.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { plainCall } from './parts/calls.ts';
import { handedOver, result, waiting } from './parts/together.ts';

const AWAY: HandOver = { desk: 'front desk', reason: 'a caller' };

const handsOverEveryone: Fault = {
  summary: 'puts every caller through as soon as she has spoken',
  breaks: ['handoff_decision'],
  mayMove: [...handedOver, ...result, ...waiting],
  shows: [plainCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const failed = dialogue.tried.length > 0;
      if (cue.kind !== 'heard' || failed) return think(dialogue, cue, policy);
      return [dialogue, [say(announce(AWAY.desk)), { kind: 'hand-over', to: AWAY }]];
    }),
};

export default handsOverEveryone;
