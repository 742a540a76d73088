import type { Distribution } from '../harness/model/distribution.ts';
import { draw } from '../harness/model/distribution.ts';
import type { SimulatedStage } from '../harness/model/makeup.ts';
import { chance, hashSeed } from '../harness/model/seed.ts';

/**
 * How long a stage waits before it does its work, ms, as a slower engine would. `seed` is the call's, `turn` counts the
 * caller's turns, and for the voice what the agent says, from 1. Same arguments, same time.
 */
export type Simulated = (stage: SimulatedStage, seed: number, turn: number) => number;

/** Every stage takes the time it takes. */
export const nothingSimulated: Simulated = () => 0;

/** Stages that take as long as their distributions say, each turn by a draw of its own; the others are not simulated. */
export const simulatedBy =
  (times: Readonly<Partial<Record<SimulatedStage, Distribution>>>): Simulated =>
  (stage, seed, turn) => {
    const time = times[stage];
    return time ? draw(time, chance(hashSeed(seed, 'simulated', stage, turn))) : 0;
  };
