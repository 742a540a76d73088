import type { ScoredCall, Unit } from '../harness/model/metric.ts';
import { FAILED_CALLS } from '../metrics/gate/bound.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import { counted, observationsOf } from '../metrics/gate/observed.ts';
import { clockTime } from '../metrics/turns/observe.ts';
import { questionOf } from './questions.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';
import { bareLimit, inUnit, several, span } from './words.ts';

/** The verdict as one or two sentences a manager can forward. */
export function sentence(report: RunReport): string {
  if (report.verdict === 'pass') return `Ship: ${held(report)}; ${exactness(report)}`;
  if (report.verdict === 'invalid') return `No verdict: ${whyInvalid(report)}.`;
  const failing = report.gates.filter(({ verdict }) => verdict === 'fail');
  if (report.verdict === 'inconclusive') {
    const soFar = failing.length === 0 ? 'Nothing failed' : `Failing so far: ${whyNot(failing, report)}`;
    return `Too early to say: ${whyOpen(report).join('; ')}. ${soFar}; ${exactness(report)}`;
  }
  const rest = report.gates.some(({ verdict }) => verdict === 'pass') ? 'All else held; ' : '';
  return `Do not ship: ${whyNot(failing, report)}. ${rest}${exactness(report)}`;
}

function held({ gates, calls }: RunReport): string {
  const over = several(agentCalls({ calls }).length, 'call');
  return gates.length === 1 ? `the gate held over ${over}` : `all ${gates.length} gates held over ${over}`;
}

const SAID_AT_ONCE = 3;

function whyNot(failing: readonly GateResult[], report: RunReport): string {
  // What went wrong says more than how many calls it spoilt.
  const causes = failing.toSorted((a, b) => Number(a.metric === FAILED_CALLS) - Number(b.metric === FAILED_CALLS));
  const said = causes.slice(0, SAID_AT_ONCE).map((gate) => wrongGate(gate, report));
  const more = causes.length - said.length;
  return [...said, ...(more > 0 ? [`${several(more, 'more gate')} failed`] : [])].join('; ');
}

function wrongGate(gate: GateResult, report: RunReport): string {
  if (gate.metric === FAILED_CALLS) return failedCalls(report, gate);
  const { unit = 'count', better = 'lower' } = report.metrics[gate.metric] ?? {};
  const reached = gate.value !== undefined && Number.isFinite(gate.value);
  const value = reached ? inUnit(gate.value ?? 0, unit) : 'longer than anybody waited';
  const bad = badObservations(gate, report, better);
  const isRate = unit === 'rate' && gate.of === 'rate';
  const share = isRate ? `${inUnit(bad / Math.max(1, gate.n), 'rate')}, ` : '';
  const range = gate.of === 'max' ? '' : `95 % interval ${intervalText(gate, unit, isRate && better === 'higher')}, `;
  const limit = isRate && better === 'higher' ? 1 - gate.bound : gate.bound;
  const figures = `${share}${range}bound ${isRate ? inUnit(limit, 'rate') : bareLimit(gate, unit, better)}`;
  return `${questionOf(gate.metric).wrong(bad, gate.n, value)} (${figures})${whereToListen(gate, report)}`;
}

/** A rate's observations on the wrong side. */
function badObservations(gate: GateResult, report: RunReport, better: 'lower' | 'higher'): number {
  const wrong = better === 'lower' ? 1 : 0;
  const { metric, of, bound: limit, class: name, stakes } = gate;
  const bound = { metric, of, limit, ...(name ? { class: name } : {}), ...(stakes ? { stakes } : {}) };
  return observationsOf(counted(report.calls), bound)
    .flat()
    .filter(({ value }) => value === wrong).length;
}

/** The gate's interval; a share of good cases is turned into its share of bad ones, as the sentence counts them. */
function intervalText({ low = -Infinity, high = Infinity }: GateResult, unit: Unit, turned: boolean): string {
  const word = unit === 'rate' ? '%' : unit === 'count' || unit === 'ratio' ? '' : unit;
  const ends = turned ? span(1 - high, 1 - low, unit) : span(low, high, unit);
  return ends === 'open' ? ends : `${ends} ${word}`.trim();
}

function whereToListen({ worst }: GateResult, report: RunReport): string {
  const call = worst && report.calls.find(({ head }) => head.id === worst.call);
  return worst && call ? `; hear ${call.plan.persona} at ${clockTime(worst.at)} of ${call.head.id}` : '';
}

function failedCalls(report: RunReport, { stakes }: GateResult): string {
  const made = counted(report.calls).filter(({ plan }) => stakes === undefined || plan.stakes === stakes);
  const failed = made.filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  const why = first ? `, first ${first.head.id}: ${first.reasons[0] ?? 'see its page'}` : '';
  return `${failed.length} of ${several(made.length, stakes ? `call of ${stakes} stakes` : 'call', stakes ? `calls of ${stakes} stakes` : 'calls')} failed${why}`;
}

function whyOpen({ gates, calls, calibration, manifest: { stopped } }: RunReport): readonly string[] {
  const open = gates.filter(({ verdict }) => verdict === 'inconclusive');
  const left = calls.filter(({ outcome }) => outcome === 'not-run').length;
  return [
    ...(calibration.verdict === 'missing' ? ['no metronome call checked the instrument'] : []),
    ...(left > 0
      ? [
          `${left} of ${several(calls.length, 'call')} ${left === 1 ? 'was' : 'were'} not run${stopped === undefined ? '' : `, since ${stopped}`}`,
        ]
      : []),
    ...open.map(({ metric, why }) => `${questionOf(metric).asks}: ${why}`),
  ];
}

function whyInvalid({ calls, calibration, manifest: { stopped } }: RunReport): string {
  const placed = calls.filter(({ outcome }) => outcome !== 'not-run');
  const lost = placed.filter(({ outcome }) => outcome === 'invalid');
  if (placed.length === 0) return 'no call was made';
  const toAgent = placed.filter(({ plan }) => !plan.metronome);
  if (stopped !== undefined && toAgent.every(({ scores }) => scores.length === 0)) return stopped;
  if (calibration.verdict === 'fail' && !isMany(lost, placed)) return metronomeTrouble(calibration);
  if (lost.length === 0) return whyNothing(calls);
  const reason = lost[0]?.reasons[0];
  const were = lost.length === 1 ? 'was' : 'were';
  return `${lost.length} of ${several(placed.length, 'call')} ${were} lost to our own faults${reason ? ` (first ${lost[0]?.head.id}: ${reason})` : ''}`;
}

/** Nothing was measured and nothing was our fault. */
function whyNothing(calls: readonly ScoredCall[]): string {
  const first = calls.find(({ outcome, scores }) => outcome === 'failed' && scores.length === 0);
  return first
    ? `nothing could be measured (first ${first.head.id}: ${first.reasons[0] ?? 'no reason'})`
    : 'no call to the agent came to its end';
}

const isMany = (lost: readonly ScoredCall[], placed: readonly ScoredCall[]): boolean =>
  lost.length * 20 > placed.length;

function metronomeTrouble({ rows }: RunReport['calibration']): string {
  const missed = rows.reduce((sum, row) => sum + row.missed, 0);
  const off = Math.max(0, ...rows.map(({ maxAbsMs }) => maxAbsMs));
  const wrong =
    missed > 0
      ? `${missed} of its programmed replies and stops were not seen`
      : `it was up to ${Math.ceil(off)} ms off`;
  return `the instrument measured the metronome wrong: ${wrong}`;
}

/** How exact the instrument was, and what it lost, as a closing clause. */
export function exactness({ calls, calibration }: RunReport): string {
  const errors = calibration.rows.filter(({ n }) => n > 0).map(({ p95AbsMs }) => p95AbsMs);
  const exact =
    errors.length > 0 ? `measured to +-${Math.max(1, Math.ceil(Math.max(...errors)))} ms` : 'instrument not checked';
  const lost = calls.filter(({ outcome }) => outcome === 'invalid').length;
  return `${exact}; ${lost === 0 ? 'no call' : several(lost, 'call')} lost to our own faults.`;
}
