import type { Activity, Sounding } from './activity.ts';
import type { Programmed } from './metronome.ts';
import type { CallEvent, CallHead, Evidence } from './record.ts';
import type { Facts, PauseKind, Plan, Stakes } from './plan.ts';
import type { Ms } from './time.ts';

export type Unit = 'ms' | 's' | 'rate' | 'count' | 'ratio' | 'dB';

/** How a metric's observations are summed up over calls: latencies by Kaplan-Meier, rates with exact intervals. */
export type Kind =
  | 'latency'
  | 'rate'
  | 'amount'
  /** Whether something happened (0 or 1) at a stimulus of strength `dose`: a psychometric curve over it. */
  | 'curve'
  /** Latencies (without a dose) against a curve (with one). */
  | 'tradeoff';

/** One observation of a metric in a call. A rate's observation is 0 or 1 (a stumble counts half). */
export interface Score {
  readonly metric: string;
  readonly value: number;
  /** Right-censored: the true value is at least `value`. */
  readonly censored: boolean;
  /** Combined uncertainty, in the metric's unit. */
  readonly u: number;
  /** Where to listen. */
  readonly at: Ms;
  /** What was observed, e.g. a stimulus id, a line id, a fact. */
  readonly of: string;
  /** Which class it belongs to when a bound looks at one only, e.g. `backchannel`, `sham:interruption`. */
  readonly class: string;
  readonly note: string;
  /** With `censored`: it can never come any more, because the agent hung up. A failure, not a lack of patience of ours. */
  readonly lost?: boolean;
  /** Why this observation alone cannot fail its call; over a run it counts like any other. */
  readonly doubt?: string;
  /** Where a value went wrong on its way, as far as the agent's claims tell. */
  readonly cause?: 'ear' | 'slot' | 'packet';
  /** How strong what it answers was, in the metric's unit: a pause's length, a stimulus' length or level. */
  readonly dose?: number;
}

/** A caller's turn and the agent's reply. */
export interface Turn {
  readonly line: string;
  readonly topic: string;
  readonly callerOnset: Ms;
  readonly callerEnd: Ms;
  readonly pauses: readonly { readonly from: Ms; readonly to: Ms; readonly why?: PauseKind }[];
  /** The agent's first sounding that belongs to the reply. */
  readonly reply: Sounding | undefined;
  /** Until when a reply was waited for: next caller event, end of call, or 10 s. */
  readonly waitedUntil: Ms;
  /** Why the waiting ended: only `agent-hung-up` is a failure of its own, the rest censors. */
  readonly waitEnded: 'reply' | 'caller' | 'end' | 'agent-hung-up' | 'limit';
  /** The agent was sounding at callerEnd: overlap, not latency. */
  readonly agentSpeaking: boolean;
  /** The line was said to a desk. */
  readonly desk: boolean;
  /** She stopped herself before its end. */
  readonly cut?: boolean;
  /** Until when a reply would have been waited for, whether or not one came, and why not longer. */
  readonly limit: { readonly at: Ms; readonly why: Exclude<Turn['waitEnded'], 'reply'> };
}

/** A stimulus and what the agent did. */
export interface Reaction {
  readonly event: Extract<CallEvent, { kind: 'stimulus' }>;
  /** The agent's sounding it fell into; undefined when it fell into silence. */
  readonly into: Sounding | undefined;
  /** The agent stopped for good: -20 dB point of that utterance (or of the duck that was never undone). */
  readonly stop: Ms | undefined;
  /** It went on with the old utterance after a stop of 700 ms to 2 s: a stumble. */
  readonly resumed: Ms | undefined;
  /** Breaks and ducks after the onset that were undone within 700 ms: the same utterance went on. */
  readonly hiccups?: readonly { readonly from: Ms; readonly to: Ms }[] | undefined;
  /** The whole utterance it fell into, with what went on after hiccups: `end` is where it was last heard. */
  readonly utterance?: Sounding;
}

/** What a measure sees of a call. Frozen. */
export interface CallView {
  readonly head: CallHead;
  readonly plan: Plan;
  readonly events: readonly CallEvent[];
  readonly activity: Activity;
  /** The agent's utterances: soundings merged over gaps of 200 ms. */
  readonly utterances: readonly Sounding[];
  readonly turns: readonly Turn[];
  readonly reactions: readonly Reaction[];
  /** Facts the caller told, latest values, at the end of the call. */
  readonly ledger: Facts;
  /** Call time at which the conversation with the agent was over: hang-up or the desk's media. */
  readonly over: Ms;
  /** When the agent's media began: its first packet. Undefined when none came. */
  readonly mediaFrom?: Ms;
}

/** What a metric may need: one kind of evidence, or `world`: what was really committed, by whoever may say so (metrics/gate/evidence.ts). */
export type Need = Evidence | 'world';

/** What a file in metrics/measures or metrics/fidelity default-exports. Its name is the file's, with underscores. */
export interface Metric {
  readonly summary: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  readonly kind: Kind;
  readonly version: number;
  readonly needs: readonly Need[];
  /** Of these one is enough, e.g. the agent's words from an ear or from its own claims; the first is what is asked for. */
  readonly anyOf?: readonly Evidence[];
  /** Pure: same view, same scores. Empty when this call says nothing about it. */
  measure(call: CallView): readonly Score[];
}

/** A limit on a metric over a run, or on each call of a persona or scenario. */
export interface Bound {
  readonly metric: string;
  /** Only observations of this class. */
  readonly class?: string;
  /** Only calls in which so much is at risk. */
  readonly stakes?: Stakes;
  /** `at10` and `at50`: the dose at which a curve reaches 10 % or 50 %; `difference`: a tradeoff's. */
  readonly of: 'p50' | 'p95' | 'rate' | 'mean' | 'max' | 'at10' | 'at50' | 'difference';
  readonly limit: number;
  /** 'estimate' passes on the point estimate unless its interval excludes the limit; default: the whole interval must hold. */
  readonly on?: 'interval' | 'estimate';
}

/** What became of a call. Invalid is our fault, never averaged in. */
export type Outcome = 'passed' | 'failed' | 'invalid' | 'not-run';

/** What a listener thinks of our verdict on a call: right, wrong, or that we spoilt the call. */
export interface Review {
  readonly verdict: 'agree' | 'disagree' | 'our-fault';
  /** The outcome that was judged. */
  readonly of: Outcome;
  readonly note?: string;
}

/** A scored call: `scores.json` holds `outcome`, `reasons` and `scores` and nothing that differs between two runs of one seed. */
export interface ScoredCall {
  readonly head: CallHead;
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly scores: readonly Score[];
  /** Metrics that could not be seen, with what they need. */
  readonly notSeen: Readonly<Record<string, readonly Need[]>>;
  /** What somebody who listened to it thought. */
  readonly review?: Review;
  /** How long it was talked for, from answer to end, ms; absent when nobody answered. */
  readonly talkedMs?: number;
  /** Of a metronome call: what had been programmed, joined once it was scored. */
  readonly programmed?: Programmed;
}

/** The four verdicts; only `pass` exits with 0. */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'invalid';
