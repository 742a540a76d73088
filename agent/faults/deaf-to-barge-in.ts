import type { Floor, FloorEvent, FloorState } from '../floor/state.ts';
import type { Fault } from '../fault.ts';
import { interruptedCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { again, lettingIn, result, waiting } from './parts/together.ts';

type Frame = Extract<FloorEvent, { kind: 'frame' }>;

/** What the floor hears late: the last frames, oldest first. */
interface Late extends FloorState {
  readonly late?: readonly Frame[];
}

const quiet = { loud: false, near: false, clear: false };

const ITS_OWN = new Set(['speaking', 'ducked', 'resuming']);

/** A floor that hears of the caller only `delayMs` later while the agent speaks. */
const deafFor =
  (floor: Floor, delayMs: number): Floor =>
  (state: Late, event, manners) => {
    if (event.kind !== 'frame' || !ITS_OWN.has(state.mode)) {
      const [next, intentions] = floor(state, event, manners);
      return [{ ...next, late: [] } as FloorState, intentions];
    }
    const late = [...(state.late ?? []), event];
    const waits = late.length * event.lengthMs > delayMs;
    const heard = { ...((waits && late[0]) || quiet), kind: event.kind, at: event.at, lengthMs: event.lengthMs };
    const [next, intentions] = floor(state, heard, manners);
    return [{ ...next, late: waits ? late.slice(1) : late } as FloorState, intentions];
  };

const deafToBargeIn: Fault = {
  summary: 'finishes its sentence, whatever the caller says over it',
  takes: 'milliseconds after which it hears her all the same (never)',
  breaks: ['stop_time', 'yield_rate'],
  mayMove: [...lettingIn, ...again, ...result, ...waiting],
  shows: [interruptedCall],
  sweep: {
    metric: 'stop_time',
    args: [300, 900, 1500],
    per: 1,
    calls: [{ ...interruptedCall, turns: 2 }],
    with: ['monologues'],
  },
  apply: (parts, arg) => {
    const deafMs = numberOf('deaf-to-barge-in', 'milliseconds', arg, Infinity);
    if (deafMs < Infinity) return { ...parts, floor: deafFor(parts.floor, deafMs) };
    return { ...parts, manners: { ...parts.manners, bargeInMs: Infinity } };
  },
};

export default deafToBargeIn;
