import { compare } from '../../reports/compare/comparison.ts';
import type { Comparison } from '../../reports/compare/comparison.ts';
import { jsonComparison } from '../../reports/compare/document.ts';
import { comparisonText } from '../../reports/compare/text.ts';
import type { RunReport } from '../../reports/report.ts';
import { sentence } from '../../reports/sentence.ts';
import type { Verdict } from '../model/metric.ts';
import { EXIT, exitOf } from './exit.ts';
import { harmless } from './outputs.ts';

/** Prints a comparison on stdout. */
export const printComparison = (comparison: Comparison, asJson: boolean): void =>
  void process.stdout.write(
    asJson ? `${JSON.stringify(jsonComparison(comparison))}\n` : harmless(`\n${comparisonText(comparison)}\n`),
  );

/** From the one that outweighs all others to the one that is outweighed by all. */
const WORST_FIRST: readonly Verdict[] = ['invalid', 'fail', 'inconclusive', 'pass'];

/** Prints what a matrix came to, arm by arm and then each run's verdict, and gives the exit code of the worst. */
export function finishMatrix(
  reports: readonly RunReport[],
  matrix: string,
  asJson: boolean,
  interrupted: boolean,
): number {
  printComparison(compare(reports), asJson);
  if (!asJson) process.stdout.write(harmless(`\n${reports.map(verdictLine).join('\n')}\n`));
  if (interrupted) {
    process.stderr.write(`interrupted; go on with: hangup run --resume ${matrix}\n`);
    return EXIT.interrupted;
  }
  const worst = WORST_FIRST.find((verdict) => reports.some((report) => report.verdict === verdict));
  return exitOf(worst ?? 'invalid');
}

const verdictLine = (report: RunReport): string =>
  `${report.manifest.matrix?.arm ?? report.manifest.id}, seed ${report.manifest.seed}: ${sentence(report)}`;
