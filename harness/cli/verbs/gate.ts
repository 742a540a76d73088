import { writeFileSync } from 'node:fs';
import { junitReport } from '../../../reports/junit.ts';
import { metrics } from '../../run/registry.ts';
import { storedReport } from '../../run/stored.ts';
import { besideHere, finish, runFolder } from '../common.ts';
import { text } from '../numbers.ts';

/** `hangup gate [run]`: the verdict of a stored run, the newest when none is named. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const report = storedReport(runFolder(args[0] as string | undefined), await metrics(besideHere()));
  const junit = text(options, 'junit');
  if (junit !== undefined) writeFileSync(junit, junitReport(report));
  return finish(report, options['json'] === true, false);
}
