import type { Lead, LeadMaker } from '../lead.ts';
import { keptOf } from './meanwhile.ts';

/** A pure brain leads: it thinks in no time, and may think ahead and be thrown away. */
export const thinkingLead: LeadMaker = ({ brain, policy }): Lead => {
  let dialogue = brain.begin;
  return {
    get dialogue() {
      return dialogue;
    },
    take(cue) {
      const [next, acts] = brain.take(dialogue, cue, policy);
      dialogue = next;
      return acts;
    },
    ahead(text) {
      const [, acts] = brain.take(dialogue, { kind: 'heard', text }, policy);
      return acts.find((act) => act.kind === 'say')?.text;
    },
    meanwhile(cue) {
      const kept = keptOf({ brain, policy }, dialogue, cue);
      dialogue = kept ?? dialogue;
      return kept ? 'stays' : 'leaves';
    },
    end: () => undefined,
  };
};
