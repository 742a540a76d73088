import type { Hooks } from './hooks.ts';
import type { Codec } from './line.ts';
import type { Matrix } from './matrix.ts';
import type { Bound } from './metric.ts';
import type { Network } from './network.ts';
import type { Plan } from './plan.ts';
import type { Cost } from './run.ts';

export { budget } from './budget.ts';
export type { Budget } from './budget.ts';
export type { BeforeAnswer, CheckAnswer, EndedCall, HookCall } from './hooks.ts';

/** Calls of one person with one scenario. */
export interface SuiteCall {
  readonly persona: string;
  readonly scenario: string;
  /** What she tries as an adversary: a file name in personas/attacks. */
  readonly attack?: string;
  readonly mind?: 'script' | 'listener';
  /** What the desks do when called; they answer otherwise. */
  readonly desks?: Plan['desks'];
  readonly trials?: number;
}

/** A value that only the environment holds: its name is kept and shown, the value itself never. */
export interface FromEnvironment {
  readonly env: string;
}

/** The value of the environment variable `name`, read when it is needed and never written down. */
export const env = (name: string): FromEnvironment => ({ env: name });

/** How a SIP target is reached when its address alone does not say. */
export interface SuiteSip {
  /** Who we are there; SIP_USER without it. */
  readonly user?: string | FromEnvironment;
  /** SIP_PASSWORD without it. A password cannot be written here, only named: `env('PBX_PASSWORD')`. */
  readonly password?: FromEnvironment;
  /** Where to register before calling, e.g. `sip:pbx.example.org`. */
  readonly registrar?: string;
  /** What every call goes through, e.g. `sip:sbc.example.org;transport=tls`. */
  readonly outboundProxy?: string;
  /** A PEM file of an authority to trust besides the known ones; its path is taken from the suite's folder. */
  readonly ca?: string;
  /** Where the agent is told to send its audio to, where it cannot reach the address we bind. */
  readonly mediaAddress?: string;
  /** Headers of every call, `X-` each. */
  readonly headers?: Readonly<Record<string, string | FromEnvironment>>;
}

/** How a WebRTC target is reached when its address alone does not say. */
export interface SuiteWebRtc {
  /** Proves who we are (Bearer). It cannot be written here, only named: `env('AGENT_TOKEN')`. */
  readonly token?: FromEnvironment;
  /** Ways through NATs: `stun:host:port`, `turn:host:port`. */
  readonly iceServers?: readonly {
    readonly url: string;
    readonly user?: string | FromEnvironment;
    readonly password?: FromEnvironment;
  }[];
  /** Only paths through a TURN server are to be taken. */
  readonly relayOnly?: true;
}

/** What each call of a habit or a scenario is held to. */
export interface SuiteExpect {
  /** Instead of what the habit itself asks of an agent; an empty list asks nothing. */
  readonly habits?: Readonly<Record<string, readonly Bound[]>>;
  /** Beside what the scenario itself expects. */
  readonly scenarios?: Readonly<Record<string, readonly Bound[]>>;
}

/** How the office is opened to an agent that is not ours (harness/office/README.md). */
export interface SuiteOffice {
  /** Where its door listens, e.g. `127.0.0.1:8787`; an address beyond this host must be in the suite's `allow` list. */
  readonly listen: string;
  /** How the agent knows it, where that differs: behind a tunnel, say. */
  readonly url?: string;
  /** What the agent posts there; what it does not post stays unseen. Default: commitments, with its handoffs. */
  readonly posts?: readonly ('commitments' | 'claims')[];
}

/** Where an agent that is not ours may send its OpenTelemetry spans (harness/office/README.md). */
export interface SuiteOtlp {
  /** Where the receiver listens, e.g. `127.0.0.1:4318`; an address beyond this host must be in the suite's `allow` list. */
  readonly listen: string;
  /** How long after each call spans are waited for, ms; 6000 without. */
  readonly graceMs?: number;
}

/** What a suite file default-exports. Its hooks into the agent's own world: harness/hooks/README.md. */
export interface Suite extends Hooks {
  readonly name: string;
  /** `reference`, or addresses such as `sip:agent@10.0.0.5`. */
  readonly target: string;
  /** File name in harness/lines. */
  readonly line: string;
  /** Codecs the callers offer, in this order, whatever their phones would have; left out, each phone's own. */
  readonly codecs?: readonly Codec[];
  /** The callers' audio is encrypted (SRTP, its keys in the signalling), or there is no call. */
  readonly srtp?: 'mandatory';
  /** Between every caller and the agent, in place of what her person's phone has, e.g. `{ loss: 0.05, burst: 3, jitterMs: 40 }`. */
  readonly network?: Network;
  readonly seed: number;
  /** Engines and times of the reference agent that are tried side by side. */
  readonly matrix?: Matrix;
  readonly calls: readonly SuiteCall[];
  /** Metronome calls among them: the instrument's own check. */
  readonly metronome: number;
  readonly jobs: number;
  /** `starter`: what agents are published to do, for the first run of one nobody has measured (metrics/gate/starter.ts). */
  readonly gates: readonly Bound[] | 'starter';
  /** What each call is held to beyond the shipped files, by name of a habit or a scenario. */
  readonly expect?: SuiteExpect;
  /** For an agent that can use it: a calendar, messages and desks of ours instead of its own. */
  readonly office?: SuiteOffice;
  /** For an agent that exports spans: what they say of its stages becomes its claims. */
  readonly otlp?: SuiteOtlp;
  /** Writes down after each call what the agent said: a file name in harness/speech/ears, or in `ears` beside the suite. None without. */
  readonly ear?: string;
  /** Tables that end its report, by name (reports/tables.ts); none without. */
  readonly tables?: readonly string[];
  /** How its target is reached, where that takes more than the address. */
  readonly sip?: SuiteSip;
  readonly webrtc?: SuiteWebRtc;
  /** What a minute of talk with the agent costs; shown as a planned maximum before a run, and as spent after it. */
  readonly cost?: Cost;
  /** Longest a call may last, minutes; three without. */
  readonly maxCallMinutes?: number;
  /** Hosts outside loopback and private ranges that may be called. */
  readonly allow: readonly string[];
}

/** Says what a suite is; a function so that editors complete it. */
export const defineSuite = (suite: Suite): Suite => suite;
