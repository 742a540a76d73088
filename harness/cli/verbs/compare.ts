import { resolve } from 'node:path';
import { COMPARED_BY } from '../../../reports/compare/arms.ts';
import { compare } from '../../../reports/compare/comparison.ts';
import { readManifest } from '../../run/journal.ts';
import { runsOfMatrix } from '../../run/matrix-runs.ts';
import { metrics } from '../../run/registry.ts';
import { storedReport } from '../../run/stored.ts';
import { besideHere, runFolder, RUNS } from '../common.ts';
import { EXIT } from '../exit.ts';
import { oneOf, text } from '../numbers.ts';
import { printComparison } from '../comparison.ts';

/** `hangup compare [run...]`: holds runs, or the runs of a matrix, against each other; of the newest matrix when none is named. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const out = text(options, 'out') ?? RUNS;
  const by = oneOf(options, 'by', '--by', COMPARED_BY);
  const named = (args[0] as string[] | undefined) ?? [];
  const folders = named.length > 0 ? named.flatMap((name) => foldersOf(name, out)) : ofNewest(out);
  const measures = await metrics(besideHere());
  const reports = [...new Set(folders)].map((folder) => storedReport(folder, measures));
  printComparison(compare(reports, by), options['json'] === true);
  return EXIT.pass;
}

/** The folders of a run, or of every run of a matrix. Throws UsageError when it is neither. */
function foldersOf(name: string, out: string): readonly string[] {
  const arms = runsOfMatrix(out, name);
  return arms.length > 0 ? arms.map(({ id }) => resolve(out, id)) : [runFolder(name, out)];
}

function ofNewest(out: string): readonly string[] {
  const newest = runFolder(undefined, out);
  const { matrix } = readManifest(newest);
  return matrix ? foldersOf(matrix.id, out) : [newest];
}
