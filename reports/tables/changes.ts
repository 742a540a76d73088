import { grouped, heard, observed, shareCells, shareColumns } from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { Cell, TableMaker } from './table.ts';

const placeOf = ({ score }: Seen): string => score.class;

/** Whether a changed value ends up as she last said it, by where in the conversation she changed it. */
export const changes: TableMaker = (calls) => {
  const all = observed(calls, 'change_of_mind');
  const again = observed(calls, 'old_value_respoken');
  const row = (place: string, seen: readonly Seen[], respoken: readonly Seen[]): readonly Cell[] => [
    place,
    ...shareCells(seen),
    respoken.length,
    respoken.filter(({ score }) => score.value === 1).length,
  ];
  const places = [...new Set(all.map(placeOf))].sort();
  return {
    name: 'changes',
    asks: 'Does it take changes of mind?',
    columns: [
      column('changed'),
      ...shareColumns('followed'),
      column('old value: n', 'count'),
      column('said again', 'count'),
    ],
    rows: [
      row('anywhere', all, again),
      ...grouped(all, placeOf, places).map(([place, seen]) =>
        row(
          place,
          seen,
          again.filter((one) => placeOf(one) === place),
        ),
      ),
    ],
    remarks: [
      ...all.filter(({ score }) => score.value === 0).map((one) => `not followed: ${heard(one)}`),
      ...again.filter(({ score }) => score.value === 1).map((one) => `said again: ${heard(one)}`),
    ],
  };
};
