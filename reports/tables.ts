import { UsageError } from '../harness/model/errors.ts';
import type { ScoredCall } from '../harness/model/metric.ts';
import { counted } from '../metrics/gate/observed.ts';
import { changes } from './tables/changes.ts';
import { fallback, handoffs } from './tables/handoffs.ts';
import { interruptions } from './tables/interruptions.ts';
import { pauses } from './tables/pauses.ts';
import { sounds } from './tables/sounds.ts';
import type { Table, TableMaker } from './tables/table.ts';
import { turns } from './tables/turns.ts';

export type { Table } from './tables/table.ts';

/** Every table a run can be reported with, by name, in the order they are printed. */
export const TABLES: ReadonlyMap<string, TableMaker> = new Map([
  ['turns', turns],
  ['interruptions', interruptions],
  ['sounds', sounds],
  ['pauses', pauses],
  ['changes', changes],
  ['handoffs', handoffs],
  ['fallback', fallback],
]);

/**
 * The tables called `names` over the counted calls of a run: no metronome call, no invalid one. Pure.
 * Throws UsageError for a name nobody wrote.
 */
export const makeTables = (names: readonly string[], calls: readonly ScoredCall[]): readonly Table[] =>
  names.map((name) => {
    const make = TABLES.get(name);
    if (make) return make(counted(calls));
    throw new UsageError(`there is no table called "${name}"; there are: ${[...TABLES.keys()].join(', ')}`);
  });
