import type { ScoredCall, Unit } from '../../harness/model/metric.ts';

/** What a cell holds: a figure in its column's unit, or words; null where there is nothing to say. Missing is never 0. */
export type Cell = number | string | null;

/** A column: what it is called, and in which unit its figures are. */
export interface Column {
  readonly name: string;
  readonly unit: Unit | 'text';
}

/** The answer to one question in figures. */
export interface Table {
  readonly name: string;
  /** The question it answers. */
  readonly asks: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences below it: points of a curve, every miss, what the figures leave out. */
  readonly remarks: readonly string[];
}

/** Makes a table of the counted calls of a run. Pure. */
export type TableMaker = (calls: readonly ScoredCall[]) => Table;

export const column = (name: string, unit: Column['unit'] = 'text'): Column => ({ name, unit });
