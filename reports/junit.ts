import type { ScoredCall } from '../harness/model/metric.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import { agentText } from './agent.ts';
import { callFolderOf, replayCommand } from './replay.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';
import { withoutSecrets } from './secrets.ts';

/**
 * The run as JUnit XML, for a CI server's test view: a test case a call and a gate. The format is the one that Jenkins
 * and GitLab read. Invalid calls are errors, open gates failures: neither may look green.
 */
export function junitReport(report: RunReport): string {
  const calls = agentCalls(report);
  const suites = [
    suiteOf(
      'calls',
      report,
      counts(calls),
      calls.map((call) => callCase(report, call)),
    ),
    suiteOf('gates', report, gateCounts(report.gates), report.gates.map(gateCase)),
  ];
  const { tests, failures, errors } = sum(counts(calls), gateCounts(report.gates));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(report.manifest.id)}" tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds(talkOf(calls))}">`,
    ...suites.flat(),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly talkedMs: number;
}

const having = (calls: readonly ScoredCall[], outcome: ScoredCall['outcome']): number =>
  calls.filter((call) => call.outcome === outcome).length;

const talkOf = (calls: readonly ScoredCall[]): number => calls.reduce((sum, { talkedMs = 0 }) => sum + talkedMs, 0);

const counts = (calls: readonly ScoredCall[]): Counts => ({
  tests: calls.length,
  failures: having(calls, 'failed'),
  errors: having(calls, 'invalid'),
  skipped: having(calls, 'not-run'),
  talkedMs: talkOf(calls),
});

const gateCounts = (gates: readonly GateResult[]): Counts => ({
  tests: gates.length,
  failures: gates.filter(({ verdict }) => verdict !== 'pass').length,
  errors: 0,
  skipped: 0,
  talkedMs: 0,
});

const sum = (a: Counts, b: Counts): Counts => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
  talkedMs: a.talkedMs + b.talkedMs,
});

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function suiteOf(
  name: string,
  { manifest }: RunReport,
  { tests, failures, errors, skipped, talkedMs }: Counts,
  cases: readonly string[],
): readonly string[] {
  const { startedAt, suite, line, time, seed } = manifest;
  const properties = Object.entries({ suite, target: agentText(manifest), line, time, seed: String(seed) });
  return [
    `<testsuite name="${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(talkedMs)}" timestamp="${xml(startedAt.slice(0, 19))}">`,
    '<properties>',
    ...properties.map(([key, value]) => `<property name="${key}" value="${xml(value)}"/>`),
    '</properties>',
    ...cases,
    '</testsuite>',
  ];
}

const ELEMENT = { failed: 'failure', invalid: 'error', 'not-run': 'skipped' } as const;

function callCase(report: RunReport, { head, plan, outcome, reasons, talkedMs = 0 }: ScoredCall): string {
  const open = `<testcase classname="${xml(`${plan.persona}.${plan.scenario}`)}" name="${xml(head.id)}" time="${seconds(talkedMs)}">`;
  return `${open}${resultOf(outcome, reasons)}${whereOf(report, head.id, outcome)}</testcase>`;
}

function resultOf(outcome: ScoredCall['outcome'], reasons: readonly string[]): string {
  if (outcome === 'passed') return '';
  const message = xml(reasons[0] ?? outcome);
  if (outcome === 'not-run') return `<skipped message="${message}"/>`;
  const element = ELEMENT[outcome];
  return `<${element} type="${outcome}" message="${message}">${xml(reasons.join('\n'))}</${element}>`;
}

/** Where to hear it, and how to place it again; GitLab and Jenkins make a link of the attachment. */
function whereOf(report: RunReport, call: string, outcome: ScoredCall['outcome']): string {
  if (outcome === 'not-run') return '';
  const folder = callFolderOf(report, call);
  const lines = [
    `call: ${folder}`,
    `place it again: ${replayCommand(report, call)}`,
    `[[ATTACHMENT|${folder}/audio.wav]]`,
  ];
  return `<system-out>${xml(lines.join('\n'))}</system-out>`;
}

function gateCase({ name, verdict, why }: GateResult): string {
  const open = `<testcase classname="gates" name="${xml(name)}" time="0.000"`;
  if (verdict === 'pass') return `${open}/>`;
  return `${open}><failure type="${verdict}" message="${xml(why)}">${xml(`${name} is ${verdict}: ${why}`)}</failure></testcase>`;
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
  return withoutSecrets(text)
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"']/g, (char) => ENTITY[char] ?? char)
    .replaceAll('\n', '&#10;');
}
