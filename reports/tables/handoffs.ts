import type { ScoredCall } from '../../harness/model/metric.ts';
import { heard, observed, shareCells, shareColumns, worst } from './figures.ts';
import { column } from './table.ts';
import type { Cell, Column, TableMaker } from './table.ts';

/** Metrics whose rows show how many of how many. */
const SHARES = [
  ['decided right', 'handoff_decision'],
  ['right desk', 'route_accuracy'],
  ['recall', 'context_recall'],
  ['precision', 'context_precision'],
] as const;

/** `12 of 12`; null where nothing was observed. */
function ofThose(calls: readonly ScoredCall[], metric: string): Cell {
  const seen = observed(calls, metric);
  const right = seen.filter(({ score }) => score.value === 1).length;
  return seen.length === 0 ? null : `${right} of ${seen.length}`;
}

const row = (scenario: string, desks: string, calls: readonly ScoredCall[]): readonly Cell[] => [
  scenario,
  desks,
  calls.length,
  ...SHARES.map(([, metric]) => ofThose(calls, metric)),
  worst(observed(calls, 'repeat_burden')),
  worst(observed(calls, 'failure_recovery')),
  worst(observed(calls, 'post_handoff_leak')),
];

const COLUMNS: readonly Column[] = [
  column('scenario'),
  column('desks'),
  column('calls', 'count'),
  ...SHARES.map(([name]) => column(name)),
  column('asked again', 'ratio'),
  column('back within', 'ms'),
  column('leak', 'ms'),
];

/** Whether it hands over when it must and keeps the call when it must not, to whom, with what, and what if nobody answers. */
export const handoffs: TableMaker = (calls) => {
  const groups = [...Map.groupBy(calls, ({ plan }) => `${plan.scenario}\n${plan.desks}`)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const wrong = ['handoff_decision', 'route_accuracy'].flatMap((metric) => observed(calls, metric));
  const context = ['context_recall', 'context_precision'].flatMap((metric) => observed(calls, metric));
  return {
    name: 'handoffs',
    asks: 'Is she handed over when she must be, to the right desk, with everything she said?',
    columns: COLUMNS,
    rows: [
      row('all', '', calls),
      ...groups.map(([, group]) => row(group[0]?.plan.scenario ?? '', group[0]?.plan.desks ?? '', group)),
    ],
    remarks: [
      ...wrong.filter(({ score }) => score.value === 0).map((one) => `wrong: ${heard(one)}`),
      ...context
        .filter(({ score }) => score.value === 0)
        .map((one) => `missed (${one.score.cause ?? 'cause not seen'}): ${heard(one)}`),
    ],
  };
};

/** Whether it asks again in another way, and fetches a person in the end. */
export const fallback: TableMaker = (calls) => {
  const mumbled = calls.filter(({ plan }) => plan.lines.some(({ manner }) => manner.mumbled));
  const rows = [
    ['a line nobody could understand: asked again, or a person', 'fallback_recall', mumbled],
    ['asked in other words the second time', 'asked_differently', calls],
    ['not understood for the third time: a person offered, or put through', 'fallback_escalation', calls],
    ['the right result, callers who mumble', 'task_success', mumbled],
    ['the right result, all callers', 'task_success', calls],
  ] as const;
  const failed = observed(calls, 'task_success').filter(({ score }) => score.value === 0);
  return {
    name: 'fallback',
    asks: 'What does it do about what it does not understand?',
    columns: [column('what'), ...shareColumns('so')],
    rows: rows.map(([what, metric, some]) => [what, ...shareCells(observed(some, metric))]),
    remarks: failed.map((one) => `wrong result: ${heard(one)}`),
  };
};
