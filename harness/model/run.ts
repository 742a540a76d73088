import type { Makeup } from './makeup.ts';
import type { Bound } from './metric.ts';

/** One planned call of a run: which folder it will fill, and by which plan. */
export interface RunCall {
  readonly id: string;
  /** Id of the plan it follows. */
  readonly plan: string;
}

/** The machine a run was made on. Nothing that names a person or a network. */
export interface RunHost {
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  /** Programs that ran or waited to run, on average over the minute before the run began; more than `cores` is a busy host. */
  readonly load?: number;
}

/** A price. */
export interface Cost {
  readonly perMinute: number;
  /** ISO 4217, e.g. `USD`. */
  readonly currency: string;
}

/** What a run could cost at most, and what it did. */
export interface RunCost extends Cost {
  /** Minutes that the planned calls may last at most. */
  readonly plannedMinutes: number;
  /** Minutes of talk, from answer to end, with every call placed once more; absent until the run ends. */
  readonly spentMinutes?: number;
}

/** A run's place among those it was made together with, call by call in turn. */
export interface MatrixPlace {
  /** Shared by all of them. */
  readonly id: string;
  /** What tells it from the others, e.g. `brain=900`. */
  readonly arm: string;
}

/** What a run was, for whoever finds its folder later: `manifest.json`. The only place with a wall-clock time. */
export interface RunManifest {
  readonly schema: 'hangup.run-manifest/1';
  readonly id: string;
  readonly suite: string;
  readonly target: string;
  /** File name in harness/lines. */
  readonly line: string;
  readonly time: 'real' | 'virtual';
  readonly seed: number;
  /** Faults planted in the reference agent, as NAME or NAME=ARG; empty for a sound one. */
  readonly faults: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly host: RunHost;
  /** Of Hangup, Node and every engine and metric that may change a number. */
  readonly versions: Readonly<Record<string, string>>;
  readonly gitCommit?: string;
  /** SHA-256 over the resolved suite and its plans. */
  readonly configHash: string;
  /** The suite's gates, so that a stored run can be judged without it. */
  readonly gates?: readonly Bound[];
  /** Tables that end its report. */
  readonly tables?: readonly string[];
  /** Which of its manners the reference agent had; absent: the usual ones. */
  readonly manners?: string;
  /** What the reference agent was made of; absent: the embedded engines. */
  readonly makeup?: Makeup;
  /** Which arm of which matrix it is; absent: of none. */
  readonly matrix?: MatrixPlace;
  /** Where the suite names a price and the agent is not ours. */
  readonly cost?: RunCost;
  /** Why no further call was placed, one sentence; absent when all were, or when somebody stopped it. */
  readonly stopped?: string;
  /** Every call that was planned, finished or not. */
  readonly calls: readonly RunCall[];
  /** ISO 8601, UTC; absent while it runs, and when it was killed. */
  readonly finishedAt?: string;
}
