import type { Phone } from './line.ts';
import type { Bound } from './metric.ts';
import type { Facts, PlanDraft } from './plan.ts';
import type { Chance } from './seed.ts';
import type { VoiceChoice } from './speech.ts';

/** When she gives up. Applied as a pure rule to the record (metric hang_up), and live by the caller. */
export interface Patience {
  /** Silence in which the floor is the agent's, ms. */
  readonly deadAirMs: number;
  /** Times the agent may talk over her. */
  readonly talkedOver: number;
  /** Times the same thing may be asked again. */
  readonly askedAgain: number;
}

/** A habit she has, with its own settings, e.g. `{ name: 'interrupts', with: { count: 2 } }`. */
export interface HabitUse {
  readonly name: string;
  readonly with?: Readonly<Record<string, number | string>>;
}

/** Noise around her: a file name in personas/places, and the speech-to-noise ratio on the line. */
export interface PlaceUse {
  readonly name: string;
  readonly snrDb: number;
}

/** Who calls. What a file in personas/people default-exports. */
export interface Person {
  readonly summary: string;
  /** Who she is, e.g. `{ name: 'paula jones', phone: '5550142' }`; fills `{name}` and `{phone}` in a scenario's lines. */
  readonly facts?: Facts;
  readonly voice: VoiceChoice;
  readonly habits: readonly HabitUse[];
  readonly place: PlaceUse;
  readonly phone: Phone;
  readonly patience: Patience;
}

/** A manner of calling. What a file in personas/habits default-exports. Pure. */
export interface Habit {
  readonly summary: string;
  /** What an agent must hold towards a caller with this habit. */
  readonly bounds: readonly Bound[];
  /** Returns the draft with this habit worked in: pauses, stimuli, shams, mumbling, corrections. */
  apply(draft: PlanDraft, settings: Readonly<Record<string, number | string>>, dice: Chance): PlanDraft;
}

/** Noise around a caller. What a file in personas/places default-exports. */
export interface Place {
  readonly summary: string;
  /** `samples` samples at `rate` Hz, any level: the renderer sets it. Values in [-1, 1]. Same seed, same samples. */
  noise(samples: number, rate: number, dice: Chance): Float32Array;
}
