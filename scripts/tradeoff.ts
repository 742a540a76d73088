// The trade-off of an agent's patience: `node scripts/tradeoff.ts RUN...`, one stored run a setting, e.g. three of
// `hangup run exam --manners eager|usual|patient`. Prints what each pays in latency and what it gets for it in pauses.
import { storedReport } from '../harness/run/stored.ts';
import { metrics } from '../harness/run/registry.ts';
import { runFolder } from '../harness/cli/common.ts';
import { makeTables } from '../reports/tables.ts';
import { summaryText } from '../reports/text.ts';
import { inUnit, span } from '../reports/words.ts';
import type { RunReport } from '../reports/report.ts';

/** Share of pauses inside something unfinished that were cut into. */
function cutIn({ calls }: RunReport): string {
  const [pauses] = makeTables(['pauses'], calls);
  const [, , n, , share, low, high] = pauses?.rows[0] ?? [];
  if (typeof share !== 'number' || typeof low !== 'number' || typeof high !== 'number') return '-';
  return `${inUnit(share, 'rate')} (${span(low, high, 'rate')}) of ${n}`;
}

const known = await metrics();
const rows = process.argv.slice(2).map((named): readonly string[] => {
  const report = storedReport(runFolder(named), known);
  const told = (metric: string): string => {
    const summary = report.metrics[metric];
    return summary && summary.n > 0 ? `${summaryText(summary)} (n ${summary.n})` : '-';
  };
  return [
    report.manifest.manners ?? 'usual',
    told('turn_latency'),
    told('pause_tolerance'),
    cutIn(report),
    told('eot_tradeoff'),
  ];
});
const table = [['manners', 'reply after her turn', 'cuts into pauses', 'cut into', 'reply minus pause'], ...rows];
const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => (row[i] ?? '').length))) ?? [];
for (const row of table)
  console.log(
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
