import { z } from 'zod';
import { askedFor, needsInWords } from '../metrics/gate/evidence.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import { agentText } from './agent.ts';
import { spentOf } from './cost.ts';
import { agentCalls } from './report.ts';
import type { MetricReport, RunReport } from './report.ts';
import { failuresOf } from './failures.ts';
import type { FailureGroup } from './failures.ts';
import { reviewsOf } from './reviews.ts';
import type { Table } from './tables.ts';

const metric = z.object({
  unit: z.enum(['ms', 's', 'rate', 'count', 'ratio', 'dB']),
  n: z.int().nonnegative(),
  censored: z.int().nonnegative(),
  p50: z.number().optional(),
  p95: z.number().optional(),
  rate: z.number().min(0).max(1).optional(),
  mean: z.number().optional(),
  at10: z.number().optional().describe('dose at which a curve reaches 10 %; left out where it was not reached'),
  at50: z.number().optional(),
  difference: z.number().optional().describe('median latency minus the pause tolerated at 10 %'),
  u: z.number().nonnegative(),
  low: z.number().optional().describe('of the 95 % interval; left out where it is open'),
  high: z.number().optional(),
  sham: z
    .object({ n: z.int(), rate: z.number() })
    .optional()
    .describe('the same at triggers at which nothing was played'),
  notSeen: z
    .array(z.enum(['wire', 'ear', 'office', 'hooks', 'claims']))
    .optional()
    .describe('evidence that would let it be seen'),
  needs: z.string().optional().describe('the same in words, e.g. "the office or a check hook"'),
});

const table = z.object({
  name: z.string(),
  asks: z.string(),
  columns: z.array(z.object({ name: z.string(), unit: z.enum(['ms', 's', 'rate', 'count', 'ratio', 'dB', 'text']) })),
  rows: z
    .array(z.array(z.union([z.number(), z.string(), z.null()])))
    .describe('cells in the order of the columns; null: nothing to say, or too few observations to say it'),
  remarks: z.array(z.string()),
});

/** `hangup.run/1`: what `run`, `score` and `gate` print with --json. More fields may follow; these stay. */
export const runDocument = z.object({
  schema: z.literal('hangup.run/1'),
  run: z.string(),
  time: z.enum(['real', 'virtual']),
  agent: z
    .string()
    .optional()
    .describe('who was called, with the engines, simulated stages, manners and faults it had'),
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
  calls: z.array(
    z.object({
      id: z.string(),
      persona: z.string(),
      scenario: z.string(),
      line: z.string(),
      outcome: z.enum(['passed', 'failed', 'invalid', 'not-run']),
      reason: z.string().optional(),
      review: z
        .object({ verdict: z.enum(['agree', 'disagree', 'our-fault']), note: z.string().optional() })
        .optional()
        .describe('what somebody who listened thought of the outcome'),
    }),
  ),
  metrics: z.record(z.string(), metric),
  gates: z.array(
    z.object({
      name: z.string(),
      verdict: z.enum(['pass', 'fail', 'inconclusive']),
      value: z.number().nullable(),
      bound: z.number(),
      n: z.int().nonnegative(),
      stakes: z.enum(['low', 'medium', 'high']).optional().describe('only calls in which so much is at risk'),
      low: z.number().nullable().describe('of the 95 % interval; null where it is open'),
      high: z.number().nullable(),
      withinResolution: z.boolean().describe('the verdict hangs on less than the measurement resolves'),
      worst: z
        .object({ by: z.string(), name: z.string(), value: z.number().nullable(), n: z.int() })
        .optional()
        .describe('the callers, scenarios, places or phones it was worst for'),
    }),
  ),
  since: z.string().optional().describe('the last run of the same suite and agent, which `failures` are held against'),
  failures: z
    .array(
      z.object({
        cause: z.string(),
        state: z.enum(['new', 'known', 'fixed']).optional().describe('left out where there was no run before'),
        calls: z.array(z.string()),
        newCalls: z.array(z.string()),
      }),
    )
    .optional()
    .describe('failed calls by cause; left out where none failed and none was fixed'),
  reviews: z
    .object({ agree: z.int(), disagree: z.int(), 'our-fault': z.int() })
    .optional()
    .describe('calls that people listened to, by what they thought'),
  stopped: z.string().optional().describe('why no further call was placed, where the harness decided so'),
  cost: z
    .object({
      currency: z.string(),
      perMinute: z.number(),
      planned: z.number().describe('the most that the planned calls could cost'),
      minutes: z.number().optional().describe('of talk, from answer to end; left out while the run has not ended'),
      spent: z.number().optional(),
    })
    .optional()
    .describe('where the suite names a price'),
  readiness: z
    .array(
      z.object({
        stakes: z.enum(['low', 'medium', 'high']),
        verdict: z.enum(['yes', 'no', 'open']),
        why: z.string(),
        n: z.int().nonnegative(),
        failed: z.int().nonnegative(),
        low: z.number().min(0).max(1).describe('of the 95 % interval of the share of failed calls'),
        high: z.number().min(0).max(1),
        allowed: z.number().min(0).max(1),
        evidence: z.array(z.enum(['wire', 'ear', 'office', 'hooks', 'claims'])),
      }),
    )
    .describe('which classes of calls the agent may take, by what is at stake in them'),
  tables: z.array(table).optional().describe('by question, of a suite that asks for them, e.g. the exam'),
});

/** A document as `hangup run --json` prints it. */
export type RunDocument = z.infer<typeof runDocument>;

/** The run as a checked document. Throws when the harness itself made something that no reader could rely on. */
export function jsonReport(report: RunReport): RunDocument {
  const failures = failuresOf(report);
  const reviews = reviewsOf(report.calls);
  return runDocument.parse({
    schema: 'hangup.run/1',
    run: report.manifest.id,
    time: report.manifest.time,
    agent: agentText(report.manifest),
    verdict: report.verdict,
    calls: agentCalls(report).map(({ head, plan, outcome, reasons: [reason], review }) => ({
      id: head.id,
      persona: plan.persona,
      scenario: plan.scenario,
      line: head.line,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(review?.of === outcome
        ? { review: { verdict: review.verdict, ...(review.note === undefined ? {} : { note: review.note }) } }
        : {}),
    })),
    metrics: Object.fromEntries(Object.entries(report.metrics).map(([name, each]) => [name, metricDocument(each)])),
    gates: report.gates.map(gateDocument),
    ...(report.before ? { since: report.before.id } : {}),
    ...(failures.length > 0 ? { failures: failures.map(failureDocument) } : {}),
    ...(reviews ? { reviews } : {}),
    ...(report.manifest.stopped === undefined ? {} : { stopped: report.manifest.stopped }),
    ...(report.manifest.cost ? { cost: spentOf(report.manifest.cost) } : {}),
    readiness: report.readiness.map((each) => ({ ...each, evidence: [...each.evidence] })),
    ...(report.tables.length > 0 ? { tables: report.tables.map(tableDocument) } : {}),
  } satisfies RunDocument);
}

const gateDocument = (gate: GateResult): RunDocument['gates'][number] => ({
  name: gate.name,
  verdict: gate.verdict,
  value: finite(gate.value),
  bound: gate.bound,
  n: gate.n,
  ...(gate.stakes ? { stakes: gate.stakes } : {}),
  low: finite(gate.low),
  high: finite(gate.high),
  withinResolution: gate.withinResolution,
  ...(gate.worstStratum ? { worst: { ...gate.worstStratum, value: finite(gate.worstStratum.value) } } : {}),
});

const failureDocument = ({ cause, state, calls, newCalls }: FailureGroup): Failures[number] => ({
  cause,
  ...(state ? { state } : {}),
  calls: [...calls],
  newCalls: [...newCalls],
});

type Failures = NonNullable<RunDocument['failures']>;

const tableDocument = ({ name, asks, columns, rows, remarks }: Table): z.infer<typeof table> => ({
  name,
  asks,
  columns: [...columns],
  rows: rows.map((row) => [...row]),
  remarks: [...remarks],
});

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function metricDocument({ better: _better, notSeen, ...figures }: MetricReport): z.infer<typeof metric> {
  return { ...figures, ...(notSeen ? { notSeen: [...askedFor(notSeen)], needs: needsInWords(notSeen) } : {}) };
}
