import type { Claim, OfficeDoor } from '../harness/model/office.ts';
import type { Ms } from '../harness/model/time.ts';

/** What the agent says of itself. Explains a latency, never decides it, and never holds a call up. */
export interface Claims {
  /** A stage of the reply: endpointing, ear, brain, voice. */
  stage(name: string, start: Ms, end: Ms): void;
  /** What the ear made of the caller's turn. */
  transcript(text: string, start: Ms, end: Ms): void;
  /** What of an utterance was really played. */
  said(text: string, start: Ms, end: Ms): void;
  state(name: string, text: string, at: Ms): void;
}

/** Posts claims to `door`, in order, without being waited for; nobody is told when there is no door. */
export function claimer(door: OfficeDoor | undefined): Claims {
  const post = (claim: Claim): void => {
    // A claim that gets lost explains less and breaks nothing.
    door?.ask({ kind: 'claim', claim }).catch(() => undefined);
  };
  return {
    stage: (name, startMs, endMs) => post({ what: 'stage', name, startMs, endMs }),
    transcript: (text, startMs, endMs) => post({ what: 'transcript', name: 'ear', text, startMs, endMs }),
    said: (text, startMs, endMs) => post({ what: 'said', name: 'mouth', text, startMs, endMs }),
    state: (name, text, at) => post({ what: 'state', name, text, startMs: at, endMs: at }),
  };
}
