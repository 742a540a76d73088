import {
  beyondChance,
  grouped,
  heard,
  latencyCells,
  observed,
  placeOf,
  placesOf,
  real,
  shamCells,
  shamColumns,
  shams,
  shareCells,
  shareColumns,
  worst,
} from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { Cell, TableMaker } from './table.ts';

/** Without the mark of a sham. */
const kindOf = ({ score }: Seen): string => score.class.replace(/^sham:/, '');

/** Whether it goes on through what asks for nothing, and how much of a hiccup that costs. */
export const sounds: TableMaker = (calls) => {
  const stops = observed(calls, 'false_barge_in');
  const hiccups = observed(calls, 'hiccup');
  const lengths = observed(calls, 'hiccup_length');
  const row = (by: string, group: string, test: (one: Seen) => boolean): readonly Cell[] => {
    const own = stops.filter(test);
    const [, broke, share] = shareCells(real(hiccups.filter(test)));
    const silent = real(lengths.filter(test));
    return [
      by,
      group,
      ...shareCells(real(own)),
      ...shamCells(shams(own)),
      beyondChance(real(own), shams(own), 'lower'),
      broke ?? null,
      share ?? null,
      ...latencyCells(silent, [0.5, 0.95]),
      worst(silent),
    ];
  };
  const kinds = [...new Set(stops.map(kindOf))].sort();
  const stopped = real(stops).filter(({ score }) => score.value > 0);
  return {
    name: 'sounds',
    asks: 'Does it go on through mm-hm, coughs, laughs, noise and other people?',
    columns: [
      column('by'),
      column('group'),
      ...shareColumns('stopped'),
      ...shamColumns,
      column('beyond chance', 'rate'),
      column('hiccups', 'count'),
      column('hiccup share', 'rate'),
      column('silent p50', 'ms'),
      column('silent p95', 'ms'),
      column('longest', 'ms'),
    ],
    rows: [
      row('all', '', () => true),
      ...kinds.map((kind) => row('kind', kind, (one) => kindOf(one) === kind)),
      ...grouped(stops, placeOf, placesOf(stops)).map(([place]) =>
        row('place', place, (one) => placeOf(one) === place),
      ),
    ],
    remarks: stopped.map((one) => `${one.score.value === 1 ? 'stopped' : 'stumbled'}: ${heard(one)}`),
  };
};
