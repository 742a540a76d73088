import type { Thought } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { bookCall } from './parts/calls.ts';
import { result } from './parts/together.ts';

const saysButDoesNot: Fault = {
  summary: 'says that it is done, and does nothing',
  breaks: ['task_success', 'say_do_gap'],
  mayMove: result,
  shows: [bookCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy): Thought => {
      const [next, acts] = think(dialogue, cue, policy);
      const commit = acts.find((act) => act.kind === 'office' && act.request.kind === 'commit');
      if (commit?.kind !== 'office') return [next, acts];
      return think(next, { kind: 'office', asked: commit.request, reply: { kind: 'done', id: 'none' } }, policy);
    }),
};

export default saysButDoesNot;
