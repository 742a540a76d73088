import { say } from '../brain/dialogue.ts';
import { anythingElse } from '../brain/phrases.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { billCall } from './parts/calls.ts';
import { again, handedOver, result, waiting } from './parts/together.ts';

const refusal = `I'm afraid I can't do that. ${anythingElse}`;

const neverHandsOver: Fault = {
  summary: 'keeps every caller, whatever she asks for: a trap',
  breaks: ['handoff_decision'],
  mayMove: [...handedOver, ...again, ...result, ...waiting],
  shows: [billCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const [next, acts] = think(dialogue, cue, policy);
      if (!acts.some((act) => act.kind === 'hand-over')) return [next, acts];
      return [{ ...next, wanted: undefined, asked: 'more', question: anythingElse, said: refusal }, [say(refusal)]];
    }),
};

export default neverHandsOver;
