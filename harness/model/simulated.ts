import { DISTRIBUTIONS, readDistribution } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import { UsageError } from './errors.ts';
import { SIMULATED_STAGES } from './makeup.ts';
import type { SimulatedStage } from './makeup.ts';

/** How long each simulated stage takes. */
export type SimulatedTimes = Readonly<Partial<Record<SimulatedStage, Distribution>>>;

/** Reads `STAGE=DISTRIBUTION` words. Throws UsageError for one that cannot be read, and for a stage named twice. */
export function readSimulated(words: readonly string[]): SimulatedTimes {
  const times: Partial<Record<SimulatedStage, Distribution>> = {};
  for (const word of words) {
    const [name = '', time = ''] = word.split('=');
    const stage = SIMULATED_STAGES.find((known) => known === name);
    if (!stage) {
      throw new UsageError(`--simulate takes ear, brain or voice with a time, e.g. brain=900, not "${word}"`);
    }
    if (times[stage]) throw new UsageError(`--simulate names ${stage} twice; give it one time`);
    const distribution = readDistribution(time);
    if (!distribution) {
      throw new UsageError(`--simulate ${stage} takes a time in ms such as ${DISTRIBUTIONS}, not "${time}"`);
    }
    times[stage] = distribution;
  }
  return times;
}
