import type { ScoredCall } from '../harness/model/metric.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';

/**
 * The run as JUnit XML, for a CI server's test view: a test case a call and a gate.
 * Invalid calls are errors, open gates failures: neither may look green.
 */
export function junitReport(report: RunReport): string {
  const calls = agentCalls(report);
  const gates = report.gates.map(gateCase);
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

function gateCase({ name, verdict, why }: GateResult): string {
  const open = `<testcase classname="gates" name="${xml(name)}"`;
  if (verdict === 'pass') return `${open}/>`;
  return `${open}><failure type="${verdict}" message="${xml(why)}"/></testcase>`;
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
