import type { Claim } from '../../harness/model/office.ts';
import type { Reaction, Score, ScoredCall, Turn } from '../../harness/model/metric.ts';
import type { CALL_TABLES } from './schema.ts';

/** One cell as the appender takes it. */
export type Cell = string | number | boolean | null;

/** A row in its table's column order. */
export type Row = readonly Cell[];

/** What a stored call holds beyond its scores. */
export interface CallExtra {
  readonly durationMs: number;
  readonly turns: readonly Turn[];
  readonly reactions: readonly Reaction[];
  /** What the agent said of its own stages. */
  readonly claims?: readonly Claim[];
}

/** The rows of one call, by table. Pure. */
export function rowsOf(
  run: string,
  scored: ScoredCall,
  extra: CallExtra,
): Readonly<Record<(typeof CALL_TABLES)[number], readonly Row[]>> {
  const call = scored.head.id;
  const keyed = (row: Row): Row => [run, call, ...row];
  return {
    calls: [keyed(callRow(scored, extra))],
    turns: extra.turns.map((turn, index) => keyed([index + 1, ...turnRow(turn)])),
    stimuli: extra.reactions.map((reaction) => keyed(stimulusRow(reaction))),
    handoffs: handoffRows(scored).map(keyed),
    stages: (extra.claims ?? [])
      .filter(({ what }) => what === 'stage')
      .map(({ name, startMs, endMs }) => keyed([name, startMs, endMs, endMs - startMs])),
    scores: scored.scores.map((score) => keyed(scoreRow(score))),
  };
}

function callRow({ head, plan, outcome, reasons, notSeen }: ScoredCall, { durationMs }: CallExtra): Row {
  return [
    plan.id,
    plan.persona,
    plan.scenario,
    plan.stakes,
    head.line,
    head.timing,
    head.time,
    head.target,
    plan.mind,
    plan.place.name,
    plan.place.snrDb,
    plan.phone.codec,
    plan.phone.loss,
    plan.metronome !== undefined,
    outcome,
    reasons[0] ?? null,
    JSON.stringify(reasons),
    JSON.stringify(notSeen),
    durationMs,
  ];
}

const turnRow = (turn: Turn): Row => [
  turn.line,
  turn.topic,
  turn.callerOnset,
  turn.callerEnd,
  turn.reply?.onset ?? null,
  turn.reply && !turn.agentSpeaking ? turn.reply.onset - turn.callerEnd : null,
  turn.waitedUntil,
  turn.waitEnded,
  turn.agentSpeaking,
  turn.desk,
];

const stimulusRow = ({ event, into, stop, resumed }: Reaction): Row => [
  event.id,
  event.stimulus,
  event.sham,
  event.takesFloor,
  event.text,
  event.intended,
  event.onset,
  event.intent,
  event.end,
  into !== undefined,
  stop ?? null,
  stop === undefined ? null : stop - event.onset,
  resumed ?? null,
];

const scoreRow = (score: Score): Row => [
  score.metric,
  score.class,
  score.of,
  score.value,
  score.censored,
  score.u,
  score.at,
  score.note,
  score.dose ?? null,
];

/** One row where a handoff was due, allowed or judged; a mean where a metric was observed more than once. */
function handoffRows({ plan, scores }: ScoredCall): readonly Row[] {
  const mean = (metric: string): number | null => {
    const values = scores.filter((score) => score.metric === metric).map(({ value }) => value);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const { truth, desk, facts } = plan.expect.handoff;
  const decision = mean('handoff_decision');
  if (truth === 'must-not' && decision === null) return [];
  const measured = ['route_accuracy', 'context_recall', 'context_precision', 'repeat_burden'].map(mean);
  return [[truth, desk ?? null, facts.join(', '), decision, ...measured]];
}
