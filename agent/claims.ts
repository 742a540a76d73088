import type { Claim, OfficeDoor } from '../harness/model/office.ts';
import type { Ms } from '../harness/model/time.ts';

/** What the agent says of itself. Explains a latency, never decides it, and never holds a call up. */
export interface Claims {
  /**
   * A stage of the reply. One after the other: `endpointing`, `ear`, `brain` (until its first clause can be spoken),
   * `voice` (until its first sample leaves), `playout` (until the voice is audible); and inside of the brain
   * `first-token` and `first-clause`, from when it began to think. `brain-whole` goes on until all of the reply is there.
   */
  stage(name: string, start: Ms, end: Ms): void;
  /** What the ear made of the caller's turn. */
  transcript(text: string, start: Ms, end: Ms): void;
  /** What of an utterance was really played. */
  said(text: string, start: Ms, end: Ms): void;
  state(name: string, text: string, at: Ms): void;
}

/** Posts claims to `door`, in order, without being waited for; nobody is told when there is no door. */
export const claimer = (door: OfficeDoor | undefined): Claims =>
  claimsTo((claim) => {
    // A claim that gets lost explains less and breaks nothing.
    door?.ask({ kind: 'claim', claim }).catch(() => undefined);
  });

/** Claims as data, given to `tell` one by one as they are made. */
export const claimsTo = (tell: (claim: Claim) => void): Claims => ({
  stage: (name, startMs, endMs) => tell({ what: 'stage', name, startMs, endMs }),
  transcript: (text, startMs, endMs) => tell({ what: 'transcript', name: 'ear', text, startMs, endMs }),
  said: (text, startMs, endMs) => tell({ what: 'said', name: 'mouth', text, startMs, endMs }),
  state: (name, text, at) => tell({ what: 'state', name, text, startMs: at, endMs: at }),
});

/** Every claim made to each of `all`. */
export const together = (...all: readonly Claims[]): Claims => ({
  stage: (...claim) => all.forEach((one) => one.stage(...claim)),
  transcript: (...claim) => all.forEach((one) => one.transcript(...claim)),
  said: (...claim) => all.forEach((one) => one.said(...claim)),
  state: (...claim) => all.forEach((one) => one.state(...claim)),
});
