import type { Bound, Unit } from '../harness/model/metric.ts';
import { QUESTIONS, questionOf } from './questions.ts';
import { agentCalls } from './report.ts';
import type { GateReport, MetricReport, RunReport } from './report.ts';
import { exactness, sentence } from './sentence.ts';
import { boundText, counted, inUnit, span } from './words.ts';

const VERDICT = { pass: 'ok', fail: 'FAIL', inconclusive: 'open' } as const;

/** One row of the summary: a question, what was measured, and what was allowed. */
export interface SummaryRow {
  readonly question: string;
  readonly measured: string;
  readonly bound: string;
  readonly n: string;
  readonly verdict: string;
}

/** The run in plain words, about fifteen lines, for a terminal. */
export function textReport(report: RunReport): string {
  const unseen = unseenLine(report);
  return [
    whatRan(report),
    `Instrument: ${exactness(report)}`,
    '',
    ...table(summaryRows(report)),
    ...(unseen ? ['', unseen] : []),
    '',
    sentence(report),
    '',
    `Recordings  ${report.paths.run}/calls/*/audio.wav (left the caller, right the agent)`,
    ...(report.paths.site ? [`Page        ${report.paths.site}`] : []),
    'Your agent  hangup dial sip:agent@HOST:PORT',
  ].join('\n');
}

function whatRan({ manifest, calls }: RunReport): string {
  const made = agentCalls({ calls });
  const callers = new Set(made.map(({ plan }) => plan.persona)).size;
  const metronome = calls.length - made.length;
  const time = manifest.time === 'virtual' ? ', in virtual time' : '';
  const faults = manifest.faults.length > 0 ? `, broken on purpose: ${manifest.faults.join(', ')}` : '';
  const count = (outcome: string): number => made.filter((call) => call.outcome === outcome).length;
  const outcomes = (['passed', 'failed', 'invalid', 'not-run'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome === 'not-run' ? 'not run' : outcome}`);
  return [
    `${manifest.suite}: ${counted(made.length, 'call')} by ${counted(callers, 'caller')} over ${manifest.line}${time} to ${manifest.target}${faults}`,
    `${outcomes.join(', ') || 'no call was made'}; ${counted(metronome, 'metronome call')}; seed ${manifest.seed}`,
  ].join('\n');
}

/** A row a gate, and one for each question that has none. */
export function summaryRows({ metrics, gates }: RunReport): readonly SummaryRow[] {
  const asked = QUESTIONS.flatMap(({ metric, asks, always }): readonly SummaryRow[] => {
    const own = gates.filter(({ bound }) => bound.metric === metric);
    if (own.length > 0) return own.map((gate) => gateRow(asks, gate, metrics[metric]));
    const summary = metrics[metric];
    if (summary && (summary.n > 0 || (always && summary.notSeen))) return [metricRow(asks, summary)];
    return [];
  });
  const others = gates.filter(({ bound }) => !QUESTIONS.some(({ metric }) => metric === bound.metric));
  return [
    ...asked,
    ...others.map((gate) => gateRow(questionOf(gate.bound.metric).asks, gate, metrics[gate.bound.metric])),
  ];
}

function gateRow(asks: string, gate: GateReport, metric: MetricReport | undefined): SummaryRow {
  const unit = metric?.unit ?? 'count';
  return {
    question: gate.bound.class ? `${asks} (${gate.bound.class})` : asks,
    measured: measuredBy(gate, gate.bound.of, unit),
    bound: boundText(gate.bound, unit, metric?.better ?? 'lower'),
    n: `${gate.n}`,
    verdict: VERDICT[gate.verdict],
  };
}

function measuredBy(
  { value, interval, n }: Omit<GateReport, 'name' | 'verdict' | 'bound'>,
  of: Bound['of'],
  unit: Unit,
): string {
  if (n === 0) return 'nothing observed';
  if (value === undefined || !Number.isFinite(value)) return `${of} not reached`;
  const range = interval ? ` (${span(interval, unit)})` : '';
  const which = of === 'p50' || of === 'p95' || of === 'max' ? `${of} ` : '';
  return `${which}${inUnit(value, unit)}${range}`;
}

function metricRow(asks: string, metric: MetricReport): SummaryRow {
  return {
    question: asks,
    measured: summaryText(metric),
    bound: '',
    n: metric.notSeen ? '' : `${metric.n}`,
    verdict: '',
  };
}

/** A metric over the run in a few words. */
export function summaryText(metric: MetricReport): string {
  if (metric.notSeen) return `not seen: needs the ${metric.notSeen.join(' and the ')}`;
  const range = metric.interval ? ` (${span(metric.interval, metric.unit)})` : '';
  if (metric.rate !== undefined) return `${inUnit(metric.rate, 'rate')}${range}`;
  if (metric.p50 !== undefined) {
    const tail = metric.p95 === undefined ? '' : `, p95 ${inUnit(metric.p95, metric.unit)}`;
    return `p50 ${inUnit(metric.p50, metric.unit)}${range}${tail}`;
  }
  return metric.mean === undefined ? 'not reached' : `mean ${inUnit(metric.mean, metric.unit)}${range}`;
}

function unseenLine({ metrics }: RunReport): string | undefined {
  const unseen = Object.entries(metrics).filter(([, { notSeen }]) => notSeen);
  const byNeed = Map.groupBy(unseen, ([, { notSeen = [] }]) => notSeen.join(' and the '));
  const parts = [...byNeed].map(([need, names]) => `${names.map(([name]) => name).join(', ')} (needs the ${need})`);
  return parts.length > 0 ? `Not seen in this run: ${parts.join('; ')}.` : undefined;
}

const HEAD: SummaryRow = { question: '', measured: 'measured', bound: 'bound', n: 'n', verdict: '' };

function table(rows: readonly SummaryRow[]): readonly string[] {
  const columns = ['question', 'measured', 'bound', 'n', 'verdict'] as const;
  const all = [HEAD, ...rows];
  const width = (column: (typeof columns)[number]): number => Math.max(...all.map((row) => row[column].length));
  return all.map((row) =>
    columns
      .map((column) => (column === 'n' ? row[column].padStart(width(column)) : row[column].padEnd(width(column))))
      .join('  ')
      .trimEnd(),
  );
}
