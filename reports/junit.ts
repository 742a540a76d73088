import type { ScoredCall } from '../harness/model/metric.ts';
import { agentCalls } from './report.ts';
import type { GateReport, RunReport } from './report.ts';
import { boundText, inUnit } from './words.ts';

/**
 * The run as JUnit XML, for a CI server's test view: a test case a call and a gate.
 * Invalid calls are errors, open gates failures: neither may look green.
 */
export function junitReport(report: RunReport): string {
  const calls = agentCalls(report);
  const gates = report.gates.map((gate) => gateCase(gate, report));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(report.manifest.id)}">`,
    `<testsuite name="calls" tests="${calls.length}" failures="${having(calls, 'failed')}" errors="${having(calls, 'invalid')}" skipped="${having(calls, 'not-run')}">`,
    ...calls.map(callCase),
    '</testsuite>',
    `<testsuite name="gates" tests="${gates.length}" failures="${report.gates.filter(({ verdict }) => verdict !== 'pass').length}" errors="0" skipped="0">`,
    ...gates,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const having = (calls: readonly ScoredCall[], outcome: ScoredCall['outcome']): number =>
  calls.filter((call) => call.outcome === outcome).length;

const ELEMENT = { failed: 'failure', invalid: 'error', 'not-run': 'skipped' } as const;

function callCase({ head, plan, outcome, reasons }: ScoredCall): string {
  const open = `<testcase classname="${xml(`${plan.persona}.${plan.scenario}`)}" name="${xml(head.id)}"`;
  if (outcome === 'passed') return `${open}/>`;
  const element = ELEMENT[outcome];
  return `${open}><${element} message="${xml(reasons[0] ?? outcome)}">${xml(reasons.join('\n'))}</${element}></testcase>`;
}

function gateCase({ name, bound, verdict, value, n }: GateReport, { metrics }: RunReport): string {
  const open = `<testcase classname="gates" name="${xml(name)}"`;
  if (verdict === 'pass') return `${open}/>`;
  const metric = metrics[bound.metric];
  const unit = metric?.unit ?? 'count';
  const seen = value === undefined ? 'no value' : inUnit(value, unit);
  const says = `${verdict}: ${seen} over ${n}, bound ${boundText(bound, unit, metric?.better ?? 'lower')}`;
  return `${open}><failure type="${verdict}" message="${xml(says)}"/></testcase>`;
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0: markup escaped, line breaks kept, characters the format does not have replaced. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"']/g, (char) => ENTITY[char] ?? char)
    .replaceAll('\n', '&#10;');
}
