import type { Plan, PlannedStimulus } from '../model/plan.ts';
import { after } from '../model/time.ts';
import type { Ms } from '../model/time.ts';

/** Utterances a trigger may miss before it counts as not fired. */
const MISSES = 2;

/**
 * One planned stimulus on its way. `expected`: its line or utterance has not come. `next`: it missed one and takes the
 * next utterance. `follows`: its utterance is under way, and it is due after the end. `armed`: it is due at `fireAt`, inside
 * utterance number `utterance` of the call, or after it.
 */
export interface Trigger {
  readonly stimulus: PlannedStimulus;
  /** What of it leaves before it is first audible, ms: a soft consonant. */
  readonly leadMs: number;
  readonly state: 'expected' | 'next' | 'follows' | 'armed' | 'done';
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

/** It belongs into the silence after an utterance. */
export const followsEnd = ({ stimulus }: Trigger): boolean => stimulus.trigger.from === 'end';

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
  if (followsEnd(now)) return { ...now, state: 'follows', utterance: place.inCall };
  return { ...now, state: 'armed', fireAt: after(place.onset, stimulus.trigger.offsetMs), utterance: place.inCall };
}

/** The agent's utterance ended at `offset`: what belongs after it is due. */
export function onSilence(trigger: Trigger, offset: Ms): Trigger {
  if (trigger.state !== 'follows') return trigger;
  return { ...trigger, state: 'armed', fireAt: after(offset, trigger.stimulus.trigger.offsetMs) };
}

/** It was no end, only a breath: the same utterance goes on. */
export const onWentOn = (trigger: Trigger): Trigger =>
  trigger.state === 'armed' && followsEnd(trigger) ? { ...trigger, state: 'follows' } : trigger;

/**
 * She begins a line: a trigger that waited for a reply to an earlier line takes the next utterance instead, and one
 * whose moment lies inside an utterance she speaks over has missed it.
 */
export function onOwnLine(trigger: Trigger, lines: readonly string[], begins: string): Trigger {
  if (trigger.state === 'armed' || trigger.state === 'follows') return missed(trigger);
  if (trigger.state !== 'expected') return trigger;
  const planned = lines.indexOf(trigger.stimulus.trigger.line);
  const passed = planned < lines.indexOf(begins) || trigger.stimulus.trigger.line === '';
  return passed ? missed(trigger) : trigger;
}
