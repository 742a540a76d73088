import { UsageError } from '../model/errors.ts';
import { DISTRIBUTIONS, readDistribution } from '../model/distribution.ts';
import { ENGINE_STAGES } from '../model/makeup.ts';
import type { Makeup } from '../model/makeup.ts';
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
  for (const word of simulate ?? []) checkSimulated(word);
  return { ...Object.fromEntries(engines), ...(simulate ? { simulate } : {}) };
}

function checkSimulated(word: string): void {
  const [stage = '', time = ''] = word.split('=');
  if (!['ear', 'brain', 'voice'].includes(stage)) {
    throw new UsageError(`--simulate takes ear, brain or voice with a time, e.g. brain=900, not "${word}"`);
  }
  if (readDistribution(time)) return;
  throw new UsageError(`--simulate ${stage} takes a time in ms such as ${DISTRIBUTIONS}, not "${time}"`);
}
