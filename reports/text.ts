import { needsInWords } from '../metrics/gate/evidence.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import type { Readiness } from '../metrics/gate/readiness.ts';
import { agentText } from './agent.ts';
import { spentCost } from './cost.ts';
import { failuresOf } from './failures.ts';
import { networkLines } from './network.ts';
import { QUESTIONS, questionOf } from './questions.ts';
import { agentCalls } from './report.ts';
import type { MetricReport, RunReport } from './report.ts';
import { reviewsOf, reviewText } from './reviews.ts';
import { exactness, sentence } from './sentence.ts';
import { printTable } from './tables/print.ts';
import { bareLimit, inUnit, several, span, whichOf } from './words.ts';

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
  const reviews = reviewsOf(report.calls);
  return [
    whatRan(report),
    ...networkLines(agentCalls(report)),
    `Instrument: ${exactness(report)}`,
    '',
    ...table(summaryRows(report)),
    ...readinessLines(report),
    ...(unseen ? ['', unseen] : []),
    '',
    sentence(report),
    '',
    ...failureLines(report),
    ...report.tables.flatMap((one) => [printTable(one), '']),
    ...(report.manifest.cost ? [`Cost        ${spentCost(report.manifest.cost)}`] : []),
    ...(reviews ? [`Reviews     ${reviewText(reviews)}`] : []),
    `Recordings  ${report.paths.run}/calls/*/audio.wav (left the caller, right the agent)`,
    ...(report.paths.site ? [`Page        ${report.paths.site}`] : []),
    'Your agent  hangup dial sip:agent@HOST:PORT',
  ].join('\n');
}

/** What is new, known and fixed since the last run; nothing where there was none, or nothing failed in either. */
function failureLines(report: RunReport): readonly string[] {
  const groups = report.before ? failuresOf(report) : [];
  if (!report.before || groups.length === 0) return [];
  return [
    `Failed calls by cause, since ${report.before.id}:`,
    ...groups.map(({ cause, state = '', calls }) => `  ${state.padEnd(5)}  ${causeText(cause)}: ${someOf(calls)}`),
    '',
  ];
}

/** A cause in words, figures left open. */
export const causeText = (cause: string): string => cause.replaceAll('_', ' ').replaceAll('#', '…');

function whatRan({ manifest, calls }: RunReport): string {
  const made = agentCalls({ calls });
  const callers = new Set(made.map(({ plan }) => plan.persona)).size;
  const time = manifest.time === 'virtual' ? ', in virtual time' : '';
  const count = (outcome: string): number => made.filter((call) => call.outcome === outcome).length;
  const outcomes = (['passed', 'failed', 'invalid', 'not-run'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome === 'not-run' ? 'not run' : outcome}`);
  return [
    `${manifest.suite}: ${several(made.length, 'call')} by ${several(callers, 'caller')} over ${manifest.line}${time} to ${agentText(manifest)}`,
    `${outcomes.join(', ') || 'no call was made'}; ${several(calls.length - made.length, 'metronome call')}; seed ${manifest.seed}`,
  ].join('\n');
}

/** A row a gate, and one for each question that has none. */
export function summaryRows({ metrics, gates }: RunReport): readonly SummaryRow[] {
  const asked = QUESTIONS.flatMap(({ metric, asks, always }): readonly SummaryRow[] => {
    const own = gates.filter((gate) => gate.metric === metric);
    if (own.length > 0) return own.map((gate) => gateRow(asks, gate, metrics[metric]));
    const summary = metrics[metric];
    const shown = summary && (always ? summary.n > 0 || summary.notSeen : summary.n > 0 && metric !== 'failed_call');
    return shown ? [metricRow(asks, summary)] : [];
  });
  const others = gates.filter((gate) => !QUESTIONS.some(({ metric }) => metric === gate.metric));
  return [...asked, ...others.map((gate) => gateRow(questionOf(gate.metric).asks, gate, metrics[gate.metric]))];
}

function gateRow(asks: string, gate: GateResult, metric: MetricReport | undefined): SummaryRow {
  const { unit = 'count', better = 'lower' } = metric ?? {};
  const worstOfRate = unit === 'rate' && gate.of === 'max' && gate.n > 0;
  return {
    question: qualified(asks, gate),
    measured: worstOfRate && metric ? summaryText(metric) : measuredBy(gate, unit),
    bound: unit === 'rate' && gate.of === 'max' && gate.bound === 0 ? 'none' : bareLimit(gate, unit, better),
    n: `${gate.n}`,
    verdict: verdictOf(gate),
  };
}

function qualified(asks: string, { class: name, stakes }: GateResult): string {
  const only = [...(name ? [name] : []), ...(stakes ? [`${stakes} stakes`] : [])].join(', ');
  return only ? `${asks} (${only})` : asks;
}

/** The verdict, and whether it hangs on less than the measurement resolves. */
const verdictOf = ({ verdict, withinResolution }: GateResult): string =>
  withinResolution && verdict !== 'inconclusive' ? `${VERDICT[verdict]}, within resolution` : VERDICT[verdict];

function measuredBy({ value, low, high, n, of }: GateResult, unit: MetricReport['unit']): string {
  if (n === 0 || value === undefined) return 'nothing observed';
  const range = of === 'max' ? '' : ` (${span(low ?? -Infinity, high ?? Infinity, unit)})`;
  const which = of === 'rate' || of === 'mean' || of === 'difference' ? '' : `${whichOf(of)} `;
  return `${which}${inUnit(value, unit)}${range}`;
}

const metricRow = (asks: string, metric: MetricReport): SummaryRow => ({
  question: asks,
  measured: summaryText(metric),
  bound: '',
  n: metric.notSeen ? '' : `${metric.n}`,
  verdict: '',
});

/** A metric over the run in a few words. */
export function summaryText(metric: MetricReport): string {
  const { unit, rate, p50, p95, low, high, notSeen, at10, at50, mean = metric.difference } = metric;
  if (notSeen) return `not seen: needs ${needsInWords(notSeen)}`;
  const ends = low !== undefined || high !== undefined;
  const range = ends ? ` (${span(low ?? -Infinity, high ?? Infinity, unit)})` : '';
  if (rate !== undefined) return `${inUnit(rate, 'rate')}${range}`;
  if (p50 !== undefined)
    return `p50 ${inUnit(p50, unit)}${range}${p95 === undefined ? '' : `, p95 ${inUnit(p95, unit)}`}`;
  if (at10 !== undefined || at50 !== undefined)
    return [
      at10 === undefined ? '' : `10 % at ${inUnit(at10, unit)}`,
      at50 === undefined ? '' : `50 % at ${inUnit(at50, unit)}${range}`,
    ]
      .filter(Boolean)
      .join(', ');
  if (mean === undefined) return 'not reached';
  return `${metric.difference === undefined ? 'mean ' : ''}${inUnit(mean, unit)}${range}`;
}

const MAY = { yes: 'may take', no: 'must not take', open: 'open' } as const;

/** Which classes of calls it may take; nothing of those that were not tried. */
function readinessLines({ readiness }: RunReport): readonly string[] {
  const tried = readiness.filter(({ n }) => n > 0);
  const rows = tried.map((each) => [`calls of ${each.stakes} stakes`, MAY[each.verdict], readinessText(each)] as const);
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  return rows.length === 0
    ? []
    : ['', ...rows.map(([calls, may, why]) => `${calls.padEnd(width(0))}  ${may.padEnd(width(1))}  ${why}`)];
}

/** What the readiness for a class of calls stands on, in a few words. */
export function readinessText({ n, failed, low, high, allowed, why, verdict }: Readiness): string {
  const share = `${failed} of ${several(n, 'call')} failed (${span(low, high, 'rate')} %, tolerated ${inUnit(allowed, 'rate')})`;
  return verdict === 'yes' ? share : `${share}: ${why}`;
}

function unseenLine({ metrics }: RunReport): string | undefined {
  const unseen = Object.entries(metrics).filter(([, { notSeen }]) => notSeen);
  const byNeed = Map.groupBy(unseen, ([, { notSeen = [] }]) => needsInWords(notSeen));
  const parts = [...byNeed].map(([need, names]) => `${someOf(names.map(([name]) => name))} (needs ${need})`);
  return parts.length > 0 ? `Not seen in this run: ${parts.join('; ')}.` : undefined;
}

/** Names in one line of a terminal. */
const AT_MOST = 4;

const someOf = (names: readonly string[]): string =>
  names.length <= AT_MOST + 1
    ? names.join(', ')
    : `${names.slice(0, AT_MOST).join(', ')} and ${names.length - AT_MOST} more`;

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
