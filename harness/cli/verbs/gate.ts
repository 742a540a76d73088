import { metrics } from '../../run/registry.ts';
import { storedReport } from '../../run/stored.ts';
import { besideHere, finish, runFolder } from '../common.ts';
import { publish } from '../outputs.ts';

/** `hangup gate [run]`: the verdict of a stored run, the newest when none is named. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const report = storedReport(runFolder(args[0] as string | undefined), await metrics(besideHere()));
  publish(report, options);
  return finish(report, options['json'] === true, false);
}
