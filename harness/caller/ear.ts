import type { Pcm } from '../model/audio.ts';
import type { Ms } from '../model/time.ts';
import type { FloorEvent } from './floor-state.ts';
import { listenGate, quietGate } from './gate.ts';
import type { GateState } from './gate.ts';

/** Packets kept from before the agent was noticed, so that a mind hears its first syllable. */
const BEFORE = 15;

/** Hears when the agent speaks, and passes what it says to a mind. */
export interface CallerEar {
  /** Listens to one packet; returns what it shows about the agent, in order. */
  hear(samples: Pcm, arrivedAt: Ms): readonly FloorEvent[];
  /** Audio of the packet just heard that belongs to the agent's speech, with what led up to it. */
  readonly speech: readonly Pcm[];
}

/** An ear for a leg at `rate` Hz. */
export function callerEar(rate: number): CallerEar {
  let gate: GateState = quietGate;
  let before: readonly Pcm[] = [];
  let speech: readonly Pcm[] = [];
  return {
    get speech() {
      return speech;
    },
    hear(samples, arrivedAt) {
      const [next, changes] = listenGate(gate, samples, arrivedAt, rate);
      const wasQuiet = !gate.sounding;
      gate = next;
      const kept = [...before, samples].slice(-BEFORE);
      speech = !next.sounding && changes.length === 0 ? [] : wasQuiet ? kept : [samples];
      before = speech.length > 0 ? [] : kept;

      return changes.map((change) =>
        change.kind === 'started'
          ? { kind: 'agent-started', at: arrivedAt, onset: change.at }
          : { kind: 'agent-stopped', at: arrivedAt, offset: change.at },
      );
    },
  };
}
