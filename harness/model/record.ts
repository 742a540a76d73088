import type { Pcm } from './audio.ts';
import type { DtmfKey, Ending, Leg, MediaMap, Timing } from './line.ts';
import type { Fate } from './network.ts';
import type { Claim, ContextPacket } from './office.ts';
import type { Facts, PauseKind, Plan, StimulusKind } from './plan.ts';
import type { Ms } from './time.ts';

/**
 * What happened in a call, in order of `at`. The call's time 0 is the send instant of the caller's first packet.
 * `source` keeps apart what we did (caller), what the wire showed, what the office received, what the suite's hooks
 * reported of the agent's own world, and what the agent claims. What a hook reports has no instant of its own: its `at`
 * is the call's beginning (`before`) or its end (`check`).
 */
export type CallEvent =
  /** A line of the caller, from actual send stamps. */
  | {
      readonly source: 'caller';
      readonly kind: 'said';
      readonly at: Ms;
      readonly line: string;
      readonly topic: string;
      readonly text: string;
      /** Which way of saying it: 0 the first. */
      readonly way: number;
      readonly mumbled: boolean;
      /** First and last audible instants. */
      readonly onset: Ms;
      readonly end: Ms;
      readonly pauses: readonly { readonly from: Ms; readonly to: Ms; readonly why?: PauseKind }[];
      /** Facts told; empty when she was cut off before the end. */
      readonly facts: Facts;
      /** She stopped herself before its end. */
      readonly cut: boolean;
      /** A question of a desk that it answers. */
      readonly desk: boolean;
      /** Keys she pressed after the words; `end` is the last one's. */
      readonly keys?: readonly DtmfKey[];
    }
  | {
      readonly source: 'caller';
      readonly kind: 'stimulus';
      readonly at: Ms;
      readonly id: string;
      readonly stimulus: StimulusKind;
      readonly sham: boolean;
      readonly takesFloor: boolean;
      readonly text: string;
      readonly intended: Ms;
      readonly onset: Ms;
      /** Point of recognisable intent. */
      readonly intent: Ms;
      readonly end: Ms;
      readonly facts: Facts;
      /** The keys that were pressed; for keys `onset` and `intent` are the first, and `end` the release of the last. */
      readonly keys?: readonly DtmfKey[];
    }
  | {
      readonly source: 'caller';
      readonly kind: 'not-fired';
      readonly at: Ms;
      readonly id: string;
      readonly why: string;
    }
  | {
      readonly source: 'caller';
      readonly kind: 'heard';
      readonly at: Ms;
      readonly text: string;
      readonly topic: string;
    }
  | { readonly source: 'caller'; readonly kind: 'gave-up'; readonly at: Ms; readonly why: string }
  | { readonly source: 'wire'; readonly kind: 'answered'; readonly at: Ms }
  /** Lateness of our own packets, from the send stamps. */
  | {
      readonly source: 'wire';
      readonly kind: 'pacing';
      readonly at: Ms;
      readonly packets: number;
      readonly late: number;
      readonly maxLateMs: number;
      readonly maxGapMs: number;
      /** Instants of packets more than 5 ms late. */
      readonly lateAt: readonly Ms[];
    }
  | { readonly source: 'wire'; readonly kind: 'key'; readonly at: Ms; readonly key: string }
  | { readonly source: 'wire'; readonly kind: 'refer'; readonly at: Ms; readonly to: string; readonly context?: string }
  | { readonly source: 'wire'; readonly kind: 'transfer-failed'; readonly at: Ms; readonly detail: string }
  /** Two-way media with whoever the caller was sent to. */
  | { readonly source: 'wire'; readonly kind: 'desk-joined'; readonly at: Ms; readonly desk: string }
  | { readonly source: 'wire'; readonly kind: 'ended'; readonly at: Ms; readonly ending: Ending }
  | {
      readonly source: 'office' | 'hook';
      readonly kind: 'commit';
      readonly at: Ms;
      readonly action: string;
      readonly values: Facts;
      readonly id: string;
    }
  /** Where the `before` hook had this call go instead of the suite's target. */
  | { readonly source: 'hook'; readonly kind: 'redirected'; readonly at: Ms; readonly to: string }
  /** Whom the agent put her through to, as the `check` hook reports: seen by no wire where the agent's own switchboard does it. */
  | { readonly source: 'hook'; readonly kind: 'handed-to'; readonly at: Ms; readonly desk: string }
  | {
      readonly source: 'office' | 'hook';
      readonly kind: 'packet';
      readonly at: Ms;
      readonly id: string;
      readonly packet: ContextPacket;
    }
  /** A desk's telephone rang: `for` a caller who was sent to it, or for an agent that asks before it sends her. */
  | {
      readonly source: 'office';
      readonly kind: 'desk-rang';
      readonly at: Ms;
      readonly desk: string;
      readonly for: 'caller' | 'agent';
    }
  /** How its ringing ended; `silent`: nobody took the call before whoever rang gave up. */
  | {
      readonly source: 'office';
      readonly kind: 'desk-reacted';
      readonly at: Ms;
      readonly desk: string;
      readonly for: 'caller' | 'agent';
      readonly how: 'answered' | 'busy' | 'declined' | 'silent';
    }
  /** A desk's question for a fact; `known` when the caller had already told the agent. */
  | {
      readonly source: 'office';
      readonly kind: 'desk-asked';
      readonly at: Ms;
      readonly desk: string;
      readonly fact: string;
      readonly known: boolean;
    }
  /** `by`: whose spans say so (harness/office/otlp/dialects); absent where the agent posted it to the office. */
  | {
      readonly source: 'claim';
      readonly kind: 'claim';
      readonly at: Ms;
      readonly claim: Claim;
      readonly by?: string;
    }
  /** What came of the agent's OpenTelemetry spans of this call. */
  | {
      readonly source: 'claim';
      readonly kind: 'spans';
      readonly at: Ms;
      /** The dialect they are written in. */
      readonly by: string;
      readonly spans: number;
      /** The caller's turns, and of how many of them each stage was reported: of the rest it is not known, not 0. */
      readonly turns: number;
      readonly reported: Readonly<Record<string, number>>;
      /** How far the agent's clock was ahead of ours, by where it says that she stopped speaking, ms, and its spread. */
      readonly offsetMs?: number;
      readonly spreadMs?: number;
      /** `skewed`: too far off, and the claims were moved by it. `unknown`: nothing told what to align it by. */
      readonly clock: 'ours' | 'skewed' | 'unknown';
    }
  /** What made the call unusable, our own fault. */
  | {
      readonly source: 'caller';
      readonly kind: 'fault';
      readonly at: Ms;
      readonly reason: string;
      readonly detail: string;
    };

/**
 * The kinds of evidence a target can give: its audio and signalling (`wire`), its words (`ear`), what it does at the harness's
 * own office (`office`), what the suite's `check` hook reports of its own world (`hooks`), what it says of itself (`claims`).
 */
export type Evidence = 'wire' | 'ear' | 'office' | 'hooks' | 'claims';

/** Identity and provenance of one call. */
export interface CallHead {
  readonly id: string;
  readonly plan: string;
  readonly line: string;
  readonly timing: Timing;
  readonly time: 'real' | 'virtual';
  readonly target: string;
  readonly evidence: readonly Evidence[];
}

/** The frozen result of one call. */
export interface CallRecord {
  readonly schema: 'hangup.call/1';
  readonly head: CallHead;
  readonly plan: Plan;
  readonly events: readonly CallEvent[];
  readonly tracks: Tracks;
  readonly desk: Tracks | undefined;
  /** What the phone's network did to the packets between her and the agent, where it was asked to do something. */
  readonly network?: readonly Fate[];
}

/** The two sides of a leg. Call time of a sample: see `maps`; caller sample 0 is call time `callerOrigin`. */
export interface Tracks {
  readonly rate: number;
  /** As sent, after the codec. */
  readonly caller: Pcm;
  readonly callerOrigin: Ms;
  /** At the agent's own sample clock, loss as zero. */
  readonly agent: Pcm;
  readonly maps: readonly MediaMap[];
  readonly lost: Leg['lost'];
  /** Stretches of `agent` that came too late for the ear; on the wire they count like any other. */
  readonly late?: NonNullable<Leg['late']>;
}
