import {
  beyondChance,
  crossing,
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
} from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { Cell, TableMaker } from './table.ts';

/** Within this after the onset of what the agent says, ms. */
const AT_THE_START = 300;

const MOMENTS = ['in its first 300 ms', 'at a breath of the greeting', 'later'] as const;
const LENGTHS = ['up to 0.5 s', '0.5 to 1 s', '1 to 2 s', 'over 2 s'] as const;
const LIMITS = [500, 1000, 2000, Infinity] as const;

/** Where in the agent's words it was meant to fall. */
function momentOf({ call, score }: Seen): (typeof MOMENTS)[number] | undefined {
  const trigger = call.plan.stimuli.find(({ id }) => id === score.of)?.trigger;
  if (!trigger) return undefined;
  if (trigger.aim === 'breath') return MOMENTS[1];
  return trigger.offsetMs <= AT_THE_START ? MOMENTS[0] : MOMENTS[2];
}

/** How long it lasted, as it sounded; nothing sounded of a sham. */
function lengthOf({ call, score }: Seen): (typeof LENGTHS)[number] | undefined {
  const length = call.scores.find(({ metric, of }) => metric === 'yield_by_length' && of === score.of)?.dose;
  return length === undefined ? undefined : LENGTHS[LIMITS.findIndex((limit) => length <= limit)];
}

const isInterruption = ({ score }: Seen): boolean => score.class.endsWith('interruption');

/** Whether she is let in, and how soon, by how long she spoke, where she was, and where in its words she came in. */
export const interruptions: TableMaker = (calls) => {
  const all = observed(calls, 'yield_rate').filter(isInterruption);
  const stops = observed(calls, 'stop_time').filter(isInterruption);
  const row = (by: string, group: string, test: (one: Seen) => boolean): readonly Cell[] => {
    const own = all.filter(test);
    return [
      by,
      group,
      ...shareCells(real(own)),
      ...shamCells(shams(own)),
      beyondChance(real(own), shams(own), 'higher'),
      ...latencyCells(real(stops.filter(test)), [0.5, 0.95]),
    ];
  };
  const rows = <Name extends string>(by: string, groupOf: (one: Seen) => Name | undefined, order: readonly Name[]) =>
    grouped(all, groupOf, order).map(([name]) => row(by, name, (one) => groupOf(one) === name));
  const missed = real(all).filter(({ score }) => score.value === 0);
  return {
    name: 'interruptions',
    asks: 'Does it stop for her?',
    columns: [
      column('by'),
      column('group'),
      ...shareColumns('let in'),
      ...shamColumns,
      column('beyond chance', 'rate'),
      column('stop p50', 'ms'),
      column('stop p95', 'ms'),
    ],
    rows: [
      row('all', '', () => true),
      ...rows('length', lengthOf, LENGTHS),
      ...rows('moment', momentOf, MOMENTS),
      ...rows('place', placeOf, placesOf(all)),
    ],
    remarks: [
      crossing(observed(calls, 'yield_by_length').filter(isInterruption), 0.5, 'ms', 'stops for good'),
      ...missed.map((one) => `not let in: ${heard(one)}`),
    ],
  };
};
