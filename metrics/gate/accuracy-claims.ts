import { DIGITAL_SILENCE_DB } from '../../harness/model/metronome.ts';
import type { Calibration, CalibrationRow } from './calibrate.ts';
import { isClaimed } from './calibrate.ts';

/** Something that is said of the instrument, and whether the table bears it out. */
export interface AccuracyClaim {
  readonly says: string;
  readonly held: boolean;
  /** The worst of the rows it is about; undefined when none was measured. */
  readonly worst: number | undefined;
  readonly limit: number;
  readonly unit: 'ms' | 'events';
}

interface Claim {
  readonly says: string;
  readonly limit: number;
  readonly unit: AccuracyClaim['unit'];
  readonly about: (row: CalibrationRow) => boolean;
  readonly value: (row: CalibrationRow) => number;
}

/** SIP and loopback with mu-law, whole media, speech 29 dB or more above the noise. */
const ordinary = (row: CalibrationRow): boolean =>
  isClaimed(row) && row.codec === 'PCMU' && (row.line === 'sip' || row.line === 'loopback');
const replies = (row: CalibrationRow): boolean => ordinary(row) && row.metric === 'turn_latency';
const stops = (row: CalibrationRow): boolean =>
  ordinary(row) && row.metric === 'stop_time' && row.snrDb >= DIGITAL_SILENCE_DB;
const both = (row: CalibrationRow): boolean =>
  ordinary(row) && (row.metric === 'turn_latency' || row.metric === 'stop_time');

const CLAIMS: readonly Claim[] = [
  { says: 'reply onset, p95 of the error', limit: 10, unit: 'ms', about: replies, value: (row) => row.p95AbsMs },
  { says: 'reply onset, median of the error', limit: 2, unit: 'ms', about: replies, value: (row) => row.medianAbsMs },
  { says: 'reply onset, bias', limit: 1, unit: 'ms', about: replies, value: (row) => Math.abs(row.biasMs) },
  {
    says: 'stop before digital silence, p95 of the error',
    limit: 5,
    unit: 'ms',
    about: stops,
    value: (row) => row.p95AbsMs,
  },
  { says: 'replies and stops missed', limit: 0, unit: 'events', about: both, value: (row) => row.missed },
];

/** Holds the claims made of the instrument to what was measured. A claim no row speaks of is not held. Pure. */
export function accuracyClaims({ rows }: Calibration): readonly AccuracyClaim[] {
  return CLAIMS.map(({ says, limit, unit, about, value }) => {
    const seen = rows.filter((row) => about(row) && (unit === 'events' ? row.n + row.missed : row.n) > 0).map(value);
    const worst = seen.length > 0 ? Math.max(...seen) : undefined;
    return { says, held: worst !== undefined && worst <= limit, worst, limit, unit };
  });
}

/** Replies and stops measured in all. */
export const eventsIn = ({ rows }: Pick<Calibration, 'rows'>): number => rows.reduce((sum, { n }) => sum + n, 0);
