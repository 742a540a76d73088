import type { Codec } from '../model/line.ts';
import { DIGITAL_SILENCE_DB, ORDINARY } from '../model/metronome.ts';
import type { MetronomeConditions } from '../model/metronome.ts';
import type { Plan } from '../model/plan.ts';
import { hashSeed } from '../model/seed.ts';
import { calibrationPlan } from '../plan/plan.ts';

/** A cell of the accuracy table before it is measured. */
export interface Cell {
  /** Which factor it changes, e.g. `snr-29`; part of its calls' ids. */
  readonly name: string;
  readonly line: 'sip' | 'loopback';
  readonly codec: Codec;
  readonly conditions: MetronomeConditions;
}

type Change = Partial<MetronomeConditions> & { readonly line?: Cell['line']; readonly codec?: Codec };

/** The cell every factor departs from: an agent on SIP with digital silence behind its voice. */
const BASE: Cell = {
  name: 'base',
  line: 'sip',
  codec: 'PCMU',
  conditions: { ...ORDINARY, snrDb: DIGITAL_SILENCE_DB },
};

/** One factor at a time. */
const FACTORS: Readonly<Record<string, Change>> = {
  base: {},
  loopback: { line: 'loopback' },
  'loopback-pcma': { line: 'loopback', codec: 'PCMA' },
  'loopback-snr-29': { line: 'loopback', snrDb: 29 },
  pcma: { codec: 'PCMA' },
  'snr-39': { snrDb: 39 },
  'snr-29': { snrDb: 29 },
  'snr-19': { snrDb: 19 },
  'jitter-20': { jitterMs: 20 },
  'jitter-40': { jitterMs: 40 },
  'jitter-80': { jitterMs: 80 },
  'loss-1': { loss: 0.01 },
  'loss-5': { loss: 0.05 },
  'loss-10': { loss: 0.1 },
  'skew-slow': { skewPpm: -200 },
  'skew-fast': { skewPpm: 200 },
  'comfort-noise': { silence: 'comfort-noise' },
  dtx: { silence: 'dtx' },
  'new-sources': { newSources: 3 },
};

/** Ten corners: every factor at an end of its range, every pair of ends at least once where it can be. */
const CORNERS: readonly Change[] = [
  { codec: 'PCMU', snrDb: 29, jitterMs: 80, loss: 0.1, skewPpm: 200 },
  { codec: 'PCMA', snrDb: 29, jitterMs: 80, loss: 0, skewPpm: -200 },
  { codec: 'PCMU', snrDb: 39, jitterMs: 80, loss: 0.05, skewPpm: -200, newSources: 3 },
  { codec: 'PCMA', snrDb: 39, jitterMs: 0, loss: 0.1, skewPpm: 200 },
  { codec: 'PCMU', snrDb: 19, jitterMs: 0, loss: 0.1, skewPpm: -200 },
  { codec: 'PCMA', snrDb: 19, jitterMs: 80, loss: 0.05, skewPpm: 200 },
  { codec: 'PCMU', jitterMs: 80, loss: 0.1, skewPpm: -200, silence: 'dtx' },
  { codec: 'PCMA', jitterMs: 40, loss: 0.05, skewPpm: 200, silence: 'comfort-noise' },
  { line: 'loopback', codec: 'PCMA', snrDb: 29, jitterMs: 80, loss: 0.1, skewPpm: -200, newSources: 3 },
  { line: 'loopback', codec: 'PCMU', jitterMs: 80, loss: 0.1, skewPpm: 200, silence: 'dtx' },
];

/** Every cell of the table, or those whose name contains `only`. */
export function cellsOf(only: string | undefined): readonly Cell[] {
  const factors = Object.entries(FACTORS).map(([name, change]) => changed(name, change));
  const corners = CORNERS.map((change, index) => changed(`corner-${index + 1}`, change));
  return [...factors, ...corners].filter(({ name }) => only === undefined || name.includes(only));
}

function changed(name: string, { line, codec, ...conditions }: Change): Cell {
  return {
    name,
    line: line ?? BASE.line,
    codec: codec ?? BASE.codec,
    conditions: { ...BASE.conditions, ...conditions },
  };
}

/** Replies one call holds at least: twelve lines, of which a cut-in takes some. */
const REPLIES_A_CALL = 10;

/** As many calls of a cell as `events` replies need, each with a seed of its own. */
export function plansOfCell({ name, codec, conditions }: Cell, seed: number, events: number): readonly Plan[] {
  return Array.from({ length: Math.max(1, Math.ceil(events / REPLIES_A_CALL)) }, (_, n) =>
    calibrationPlan({
      id: `${name}-${n + 1}`,
      seed: hashSeed(seed, 'calibrate', name, n),
      codec,
      conditions,
      sounds: 'voices',
    }),
  );
}
