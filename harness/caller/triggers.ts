import type { Plan, PlannedStimulus } from '../model/plan.ts';
import { after } from '../model/time.ts';
import type { Ms } from '../model/time.ts';

/** Utterances a trigger may miss before it counts as not fired. */
const MISSES = 2;

/**
 * One planned stimulus on its way. `expected`: its line or utterance has not come. `next`: it missed one and takes the
 * next utterance. `armed`: it is due at `fireAt`, inside utterance number `utterance` of the call.
 */
export interface Trigger {
  readonly stimulus: PlannedStimulus;
  /** What of it leaves before it is first audible, ms: a soft consonant. */
  readonly leadMs: number;
  readonly state: 'expected' | 'next' | 'armed' | 'done';
  readonly misses: number;
  readonly fireAt: Ms;
  readonly utterance: number;
}

/** Where the call stands when an utterance begins. */
export interface Place {
  readonly lastLine: string;
  /** Number of this utterance since her last line. */
  readonly sinceLine: number;
  /** Number of this utterance in the call. */
  readonly inCall: number;
  readonly onset: Ms;
}

/** What leaves before each stimulus is first audible, ms, by its id. */
export type Leads = ReadonlyMap<string, number>;

/** All of a plan's stimuli, none of them due. */
export const triggersOf = (plan: Plan, leads: Leads): readonly Trigger[] =>
  plan.stimuli.map((stimulus) => ({
    stimulus,
    leadMs: leads.get(stimulus.id) ?? 0,
    state: 'expected',
    misses: 0,
    fireAt: 0 as Ms,
    utterance: 0,
  }));

/** One utterance more that it could not use. */
export function missed(trigger: Trigger): Trigger {
  const misses = trigger.misses + 1;
  return { ...trigger, misses, state: misses > MISSES ? 'done' : 'next' };
}

/** The agent begins utterance `place`: what expects it is armed, what is still armed for an earlier one has missed it. */
export function onUtterance(trigger: Trigger, place: Place): Trigger {
  const { stimulus } = trigger;
  const now = trigger.state === 'armed' ? missed(trigger) : trigger;
  const meant =
    now.state === 'next' ||
    (now.state === 'expected' &&
      stimulus.trigger.line === place.lastLine &&
      stimulus.trigger.utterance === place.sinceLine);
  if (!meant) return now;
  return { ...now, state: 'armed', fireAt: after(place.onset, stimulus.trigger.offsetMs), utterance: place.inCall };
}

/**
 * She begins a line: a trigger that waited for a reply to an earlier line takes the next utterance instead, and one
 * whose moment lies inside an utterance she speaks over has missed it.
 */
export function onOwnLine(trigger: Trigger, lines: readonly string[], begins: string): Trigger {
  if (trigger.state === 'armed') return missed(trigger);
  if (trigger.state !== 'expected') return trigger;
  const planned = lines.indexOf(trigger.stimulus.trigger.line);
  const passed = planned < lines.indexOf(begins) || trigger.stimulus.trigger.line === '';
  return passed ? missed(trigger) : trigger;
}
