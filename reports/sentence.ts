import type { Score, ScoredCall } from '../harness/model/metric.ts';
import { concerns } from '../metrics/gate/bound.ts';
import { questionOf } from './questions.ts';
import { agentCalls } from './report.ts';
import type { GateReport, RunReport } from './report.ts';
import { boundText, counted, inUnit, listenAt, span } from './words.ts';

/** The verdict as one or two sentences a manager can forward. */
export function sentence(report: RunReport): string {
  const failing = report.gates.filter(({ verdict }) => verdict === 'fail');
  const open = report.gates.filter(({ verdict }) => verdict === 'inconclusive');
  if (report.verdict === 'invalid') return `No verdict: ${whyInvalid(report)}.`;
  if (report.verdict === 'pass') return `Ship: ${held(report)} ${exactness(report)}`;
  if (report.verdict === 'inconclusive') {
    const gates = open.map((gate) => openGate(gate, report)).join('; ') || 'the gates could not decide';
    return `Too early to say: ${gates}. ${failing.length === 0 ? 'Nothing failed; ' : ''}${exactness(report)}`;
  }
  const rest = report.gates.length > failing.length + open.length ? 'All else held; ' : '';
  return `Do not ship: ${whyNot(failing, report)}. ${rest}${exactness(report)}`;
}

function held(report: RunReport): string {
  const calls = counted(agentCalls(report).length, 'call');
  return report.gates.length === 1
    ? `the gate held over ${calls};`
    : `all ${report.gates.length} gates held over ${calls};`;
}

function whyNot(failing: readonly GateReport[], report: RunReport): string {
  if (failing.length === 0) {
    const failed = agentCalls(report).filter(({ outcome }) => outcome === 'failed');
    const [first] = failed;
    return `${counted(failed.length, 'call')} failed${first ? `, first ${first.head.id}: ${first.reasons[0] ?? 'see its page'}` : ''}`;
  }
  const said = failing.slice(0, 3).map((gate) => wrongGate(gate, report));
  return failing.length > 3
    ? `${said.join('; ')}; and ${counted(failing.length - 3, 'more gate')} failed`
    : said.join('; ');
}

function wrongGate(gate: GateReport, report: RunReport): string {
  const metric = report.metrics[gate.bound.metric];
  const unit = metric?.unit ?? 'count';
  const better = metric?.better ?? 'lower';
  const value =
    gate.value === undefined || !Number.isFinite(gate.value) ? 'longer than was waited for' : inUnit(gate.value, unit);
  const share = gate.value ?? 0;
  const bad = Math.round((better === 'lower' ? share : 1 - share) * gate.n);
  const figures = [
    ...(unit === 'rate' && gate.value !== undefined ? [inUnit(bad / Math.max(1, gate.n), 'rate')] : []),
    ...(gate.interval
      ? [`95 % interval ${span(asBad(gate.interval, unit, better), unit)} ${unitWord(unit)}`.trim()]
      : []),
    `bound ${unit === 'rate' ? inUnit(better === 'lower' ? gate.bound.limit : 1 - gate.bound.limit, 'rate') : boundText(gate.bound, unit, better)}`,
  ];
  const hear = worst(gate, report);
  const where = hear ? `; hear ${hear.call.plan.persona} at ${listenAt(hear.score.at)} of ${hear.call.head.id}` : '';
  return `${questionOf(gate.bound.metric).wrong(bad, gate.n, value)} (${figures.join(', ')})${where}`;
}

/** A share of good cases turned into its share of bad ones, as the sentence counts them. */
function asBad(interval: { readonly low: number; readonly high: number }, unit: string, better: 'lower' | 'higher') {
  return unit === 'rate' && better === 'higher' ? { low: 1 - interval.high, high: 1 - interval.low } : interval;
}

const unitWord = (unit: string): string =>
  unit === 'rate' ? '%' : unit === 'ms' || unit === 's' || unit === 'dB' ? unit : '';

/** The observation to listen to first: the worst of a gate's metric. */
export function worst(
  gate: Pick<GateReport, 'bound'>,
  report: Pick<RunReport, 'calls' | 'metrics'>,
): { readonly call: ScoredCall; readonly score: Score } | undefined {
  const sign = report.metrics[gate.bound.metric]?.better === 'higher' ? -1 : 1;
  return agentCalls(report)
    .filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
    .flatMap((call) => call.scores.map((score) => ({ call, score })))
    .filter(({ score }) => concerns(gate.bound, score))
    .toSorted((a, b) => sign * (b.score.value - a.score.value))
    .at(0);
}

function openGate({ bound, n, value }: GateReport, report: RunReport): string {
  const unit = report.metrics[bound.metric]?.unit ?? 'count';
  const seen = value === undefined ? '' : `, ${inUnit(value, unit)} so far`;
  return `${questionOf(bound.metric).asks.trim()} needs more than ${counted(n, 'observation')}${seen}`;
}

function whyInvalid(report: RunReport): string {
  const calls = report.calls.filter(({ outcome }) => outcome !== 'not-run');
  const lost = calls.filter(({ outcome }) => outcome === 'invalid');
  if (calls.length === 0) return 'no call was made';
  if (lost.length > 0) {
    const reason = lost[0]?.reasons[0];
    return `${lost.length} of ${counted(calls.length, 'call')} were lost to our own faults${reason ? ` (first: ${reason})` : ''}`;
  }
  return 'the metronome calls did not show how exact the instrument is';
}

/** How exact the instrument was, and what it lost, as a closing clause. */
export function exactness(report: RunReport): string {
  const worstError = Math.max(...report.accuracy.map(({ p95AbsMs }) => p95AbsMs));
  const exact =
    report.accuracy.length > 0 ? `measured to +-${Math.max(1, Math.ceil(worstError))} ms` : 'instrument not checked';
  const lost = report.calls.filter(({ outcome }) => outcome === 'invalid').length;
  return `${exact}; ${lost === 0 ? 'no call' : counted(lost, 'call')} lost to our own faults.`;
}
