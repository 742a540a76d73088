import { UsageError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { callFolder, callsIn, readScored } from './journal.ts';

/**
 * The plans of a stored run's failed calls, as they were followed. For the reference agent the metronome calls come
 * along: without them no verdict is given. Throws UsageError when none failed.
 */
export function failedPlans(run: string, target: string): readonly Plan[] {
  const calls = callsIn(run).map((id) => readScored(callFolder(run, id)));
  const failed = calls.filter(({ plan, outcome }) => outcome === 'failed' && !plan.metronome);
  if (failed.length === 0) throw new UsageError(`no call of ${run} failed; there is nothing to call again`);
  const checks = target === 'reference' ? calls.filter(({ plan }) => plan.metronome !== undefined) : [];
  return [...failed, ...checks].map(({ plan }) => plan);
}
