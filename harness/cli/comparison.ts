import type { Comparison } from '../../reports/compare/comparison.ts';
import { jsonComparison } from '../../reports/compare/document.ts';
import { comparisonText } from '../../reports/compare/text.ts';
import { harmless } from './outputs.ts';

/** Prints a comparison on stdout. */
export const printComparison = (comparison: Comparison, asJson: boolean): void =>
  void process.stdout.write(
    asJson ? `${JSON.stringify(jsonComparison(comparison))}\n` : harmless(`${comparisonText(comparison)}\n`),
  );
