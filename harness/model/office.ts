import type { Facts } from './plan.ts';

/** Who the caller is, as far as she said, and how the agent knows. */
export interface Identity {
  readonly name?: string;
  readonly phone?: string;
  /** `read-back`: she heard it and said yes. `stated`: she said it. `unknown`: she has not said who she is. */
  readonly verified: 'read-back' | 'stated' | 'unknown';
}

/** The context that travels with a handoff (metrics.md 7.2). Nothing secret. The optional fields are what a good agent adds. */
export interface ContextPacket {
  /** Which desk the caller is sent to. */
  readonly desk: string;
  readonly intent: string;
  readonly reason: string;
  /** Slot values as the agent holds them: the latest. */
  readonly facts: Facts;
  readonly done: readonly string[];
  readonly pending: readonly string[];
  readonly identity?: Identity;
  readonly sentiment?: 'calm' | 'upset';
  readonly urgency?: 'normal' | 'urgent';
  /** BCP 47, e.g. `en-US`. */
  readonly language?: string;
  /** Where the conversation so far can be read, e.g. the id of the call. */
  readonly transcript?: string;
}

/** What an agent does in its world, as JSON over HTTP (POST /office, header X-Hangup-Call), or in process. */
export type OfficeRequest =
  | { readonly kind: 'free'; readonly day: string }
  | {
      readonly kind: 'commit';
      readonly action: 'book' | 'move' | 'cancel' | 'confirm' | 'message';
      readonly values: Facts;
    }
  | { readonly kind: 'handoff'; readonly packet: ContextPacket }
  | { readonly kind: 'desks' }
  /** What the agent says of itself; explains, never decides. */
  | { readonly kind: 'claim'; readonly claim: Claim };

/** What an agent claims of itself. `atMs` is on the host's monotonic clock (CLOCK_MONOTONIC), or the call's in virtual time. */
export interface Claim {
  readonly what: 'stage' | 'transcript' | 'said' | 'state';
  readonly name: string;
  readonly text?: string;
  readonly startMs: number;
  readonly endMs: number;
}

export type OfficeReply =
  | { readonly kind: 'free'; readonly times: readonly string[] }
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'desks'; readonly desks: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly why: string };

/** The world around the agent, as one call's agent sees it. */
export interface OfficeDoor {
  ask(request: OfficeRequest): Promise<OfficeReply>;
}
