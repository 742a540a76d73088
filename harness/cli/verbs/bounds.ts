import { LEAST_RUNS, proposeBounds } from '../../../metrics/gate/propose.ts';
import { proposalText } from '../../../reports/proposal.ts';
import type { RunReport } from '../../../reports/report.ts';
import { UsageError } from '../../model/errors.ts';
import { metrics } from '../../run/registry.ts';
import { storedReport } from '../../run/stored.ts';
import { runFolder } from '../common.ts';
import { EXIT } from '../exit.ts';

/** `hangup bounds RUN RUN RUN`: gates proposed from an agent's own runs, to paste into its suite. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const folders = [...new Set(((args[0] ?? []) as string[]).map((name) => runFolder(name)))];
  if (folders.length < LEAST_RUNS) {
    throw new UsageError(
      `bounds are proposed from ${LEAST_RUNS} runs or more, and ${folders.length} ${folders.length === 1 ? 'is' : 'are'} named: an agent differs from itself from run to run`,
    );
  }
  const measures = await metrics();
  const reports = folders.map((folder) => storedReport(folder, measures));
  requireAlike(reports);
  const proposed = proposeBounds(
    reports.map(({ calls }) => calls),
    measures,
  );
  const target = reports[0]?.manifest.target ?? '';
  const ids = reports.map(({ manifest }) => manifest.id);
  const document = {
    schema: 'hangup.bounds/1',
    runs: ids,
    target,
    gates: proposed.proposals.map(({ bound, measured: { value, low, high, n } }) => ({
      ...bound,
      value,
      low,
      high,
      n,
    })),
    left: proposed.left,
  };
  process.stdout.write(
    options['json'] === true ? `${JSON.stringify(document)}\n` : `${proposalText(ids, target, proposed)}\n`,
  );
  return EXIT.pass;
}

/** Runs that can speak for each other: one suite, one agent, all of them to be trusted. */
function requireAlike(reports: readonly RunReport[]): void {
  const [first, ...rest] = reports;
  const other = rest.find(
    ({ manifest }) => manifest.suite !== first?.manifest.suite || manifest.target !== first?.manifest.target,
  );
  if (first && other) {
    throw new UsageError(
      `${first.manifest.id} is "${first.manifest.suite}" of ${first.manifest.target} and ${other.manifest.id} "${other.manifest.suite}" of ${other.manifest.target}; name runs of one suite and one agent`,
    );
  }
  const invalid = reports.find(({ verdict }) => verdict === 'invalid');
  if (invalid) throw new UsageError(`${invalid.manifest.id} is invalid and says nothing of the agent; leave it out`);
}
