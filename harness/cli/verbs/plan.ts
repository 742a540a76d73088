import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plansOf } from '../../run/plans.ts';
import { doing } from '../../run/progress.ts';
import { loadSuite } from '../../run/suite.ts';
import { text, wholeNumber } from '../numbers.ts';

/** `hangup plan [suite]`: every call, decided, as a table, as JSON, or as one file a call. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const loaded = await loadSuite(args[0] as string | undefined);
  const seed = wholeNumber(options, 'seed', '--seed', 0);
  const plans = await plansOf(loaded, { seed, trials: undefined, only: undefined });
  const out = text(options, 'out');
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    for (const plan of plans) writeFileSync(join(out, `${plan.id}.json`), `${JSON.stringify(plan, undefined, 1)}\n`);
  }
  if (options['json']) {
    process.stdout.write(`${JSON.stringify({ schema: 'hangup.plans/1', suite: loaded.suite.name, plans })}\n`);
    return 0;
  }
  const width = Math.max(...plans.map((plan) => plan.id.length));
  for (const plan of plans)
    process.stdout.write(`${plan.id.padEnd(width)}  ${plan.stakes.padEnd(6)}  ${doing(plan)}\n`);
  if (out !== undefined)
    process.stdout.write(`\n${plans.length} plans in ${out}; replay one with: hangup dial URI --plan FILE\n`);
  return 0;
}
