import { differenceIn, DRAWS, LEAST_CALLS } from '../../../compare/difference.ts';
import type { Difference } from '../../../compare/difference.ts';
import { placedIn } from '../../../compare/arms.ts';
import { FIGURES } from '../../../compare/figures.ts';
import { callsText, signed } from '../../../compare/text.ts';
import type { RunReport } from '../../../report.ts';
import { inUnit } from '../../../words.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';
import type { TableRow } from '../../table.ts';

/** Every figure that both runs have. */
export function differences(first: RunReport, other: RunReport): readonly Difference[] {
  const [a, b] = [placedIn(first), placedIn(other)];
  return FIGURES.flatMap((figure) => differenceIn(figure, a, b) ?? []);
}

/** Each other run against the first, figure by figure. */
export function differenceTables([first, ...others]: readonly RunReport[], nameOf: (run: RunReport) => string): Html {
  if (!first) return html``;
  const tables = others.flatMap((other) => {
    const rows = differences(first, other).map(rowOf);
    if (rows.length === 0) return [];
    const heads = ['', nameOf(first), nameOf(other), 'difference', '95 % interval', 'calls', `${nameOf(other)} is`];
    return [table(heads, rows)];
  });
  if (tables.length === 0) return html``;
  return html`<h2>Which differences are more than chance?</h2>
    <p class="aside">
      The other run minus the first, with a bootstrap interval over whole calls (${DRAWS.rounds} draws, seed
      ${DRAWS.seed}); from ${LEAST_CALLS} calls on. Calls that both have placed by the same plan are drawn as pairs,
      else each run is drawn by itself. Shams are left out and nothing is taken off for them. Of twenty such intervals
      one misses by chance.
    </p>
    ${tables}`;
}

function rowOf(difference: Difference): TableRow {
  const { name, unit, first, other, interval, found } = difference;
  return {
    mark: found === 'worse' ? 'fail' : '',
    cells: [
      name,
      inUnit(first, unit),
      inUnit(other, unit),
      signed(other - first, unit),
      interval ? `${signed(interval.low, unit)} to ${signed(interval.high, unit)}` : 'not told',
      callsText(difference),
      found,
    ],
  };
}
