import { crossing, grouped, heard, observed, shareCells, shareColumns } from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { Cell, TableMaker } from './table.ts';

const LENGTHS = [
  '150 to 300 ms',
  '300 to 500 ms',
  '500 to 700 ms',
  '700 to 850 ms',
  '850 to 1000 ms',
  'longer',
] as const;
const LIMITS = [300, 500, 700, 850, 1000, Infinity] as const;

const binOf = (length: number | undefined): (typeof LENGTHS)[number] | undefined =>
  length === undefined ? undefined : LENGTHS[LIMITS.findIndex((limit) => length <= limit)];

const doseOf = ({ score }: Seen): number | undefined => score.dose;

/** The planned length of the pause after a complete value in the line it was observed in: a line holds one. */
export function plannedOf({ call, score }: Seen): number | undefined {
  const pieces = call.plan.lines.find(({ id }) => id === score.of)?.pieces ?? [];
  return pieces.flatMap((piece) => ('pauseMs' in piece && piece.why === 'breath' ? [piece.pauseMs] : []))[0];
}

/** What became of the value that she was about to take back when the agent cut in: 1 as she last said it, 0 not; undefined when it took nothing back. */
function outcomeOf({ call, score }: Seen): number | undefined {
  const slots = Object.keys(call.plan.lines.find(({ id }) => id === score.of)?.takesBack ?? {});
  return call.scores.find(({ metric, of }) => metric === 'change_of_mind' && slots.includes(of))?.value;
}

/** Whether it waits out her pauses, by their length; and what becomes of a correction that follows a pause. */
export const pauses: TableMaker = (calls) => {
  const unfinished = observed(calls, 'cut_in').filter(({ score }) => score.class === 'pause');
  const curve = observed(calls, 'pause_tolerance');
  const after = observed(calls, 'cut_in').filter(({ score }) => score.class === 'after-value');
  const rows = (what: string, seen: readonly Seen[], lengthOf: (one: Seen) => number | undefined) =>
    grouped(seen, (one) => binOf(lengthOf(one)), LENGTHS).map(([name, own]): readonly Cell[] => [
      what,
      name,
      ...shareCells(own),
    ]);
  const cut = after.filter(({ score }) => score.value === 1);
  const outcomes = cut.flatMap((one) => outcomeOf(one) ?? []);
  const won = outcomes.filter((value) => value === 1).length;
  return {
    name: 'pauses',
    asks: 'Does it wait while she thinks?',
    columns: [column('pause'), column('length'), ...shareColumns('cut into')],
    rows: [
      ['inside something unfinished', 'all', ...shareCells(unfinished)],
      ...rows('inside something unfinished', curve, doseOf),
      ['after a complete value', 'all', ...shareCells(after)],
      ...rows('after a complete value', after, plannedOf),
    ],
    remarks: [
      crossing(curve, 0.1, 'ms', 'cuts in'),
      crossing(curve, 0.5, 'ms', 'cuts in'),
      `cut into after a complete value, the correction still won in ${won} of ${outcomes.length}`,
      ...unfinished.filter(({ score }) => score.value === 1).map((one) => `cut in: ${heard(one)}`),
    ],
  };
};
