import { latencyCells, observed, placeOf, placesOf, grouped } from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { TableMaker } from './table.ts';

const SHARES = [0.5, 0.95, 0.99] as const;

const row = (what: string, seen: readonly Seen[]) => [
  what,
  seen.length,
  seen.filter(({ score }) => score.censored).length,
  ...latencyCells(seen, SHARES),
];

/** How soon a reply comes: its first sound, and its first word that says something. */
export const turns: TableMaker = (calls) => {
  const audible = observed(calls, 'turn_latency');
  const substantive = observed(calls, 'substantive_latency');
  return {
    name: 'turns',
    asks: 'How soon does the reply come?',
    columns: [
      column('from her end to'),
      column('n', 'count'),
      column('no reply', 'count'),
      column('p50', 'ms'),
      column('p95', 'ms'),
      column('p99', 'ms'),
    ],
    rows: [
      row('its first sound', audible),
      row('its first word of substance', substantive),
      ...grouped(audible, placeOf, placesOf(audible)).map(([place, seen]) => row(`its first sound, ${place}`, seen)),
    ],
    remarks: [],
  };
};
