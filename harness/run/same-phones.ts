import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { callFolder, callsIn } from './journal.ts';

/**
 * Throws UsageError when the calls that `run` has already made were made with other phones, or behind another network,
 * than `plans` say: a run that goes on with others would average two kinds of calls.
 */
export function mustHaveSamePhones(run: string, plans: readonly Plan[]): void {
  const planned = new Map(plans.map((plan) => [plan.id, plan.phone]));
  for (const id of callsIn(run)) {
    const { id: plan, phone } = JSON.parse(readFileSync(join(callFolder(run, id), 'plan.json'), 'utf8')) as Plan;
    const now = planned.get(plan);
    if (now !== undefined && !isDeepStrictEqual(now, phone)) {
      throw new UsageError(
        `${run} was begun with other phones or another network; give --resume the --codec, --srtp and --network it had`,
      );
    }
  }
}
