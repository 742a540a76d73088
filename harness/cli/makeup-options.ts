import { UsageError } from '../model/errors.ts';
import { ENGINE_STAGES } from '../model/makeup.ts';
import type { Makeup } from '../model/makeup.ts';
import { readSimulated } from '../model/simulated.ts';
import { text } from './numbers.ts';

/** What the reference agent is to be made of, as the options say; undefined when they say nothing. Throws UsageError. */
export function makeupFrom(options: Record<string, unknown>): Makeup | undefined {
  const engines = ENGINE_STAGES.flatMap((stage) => {
    const named = text(options, stage);
    return named === undefined ? [] : [[stage, named] as const];
  });
  const simulate = options['simulate'] as readonly string[] | undefined;
  if (engines.length === 0 && !simulate) return undefined;
  if (engines.length > 1 && engines.some(([stage]) => stage === 'whole')) {
    throw new UsageError('--whole takes the place of --ear, --brain and --voice; leave those out');
  }
  if (simulate && engines.some(([stage]) => stage === 'whole')) {
    throw new UsageError('--whole has no stages that --simulate could slow down; leave one of them out');
  }
  readSimulated(simulate ?? []);
  return { ...Object.fromEntries(engines), ...(simulate ? { simulate } : {}) };
}
