import type { ScoredCall, Verdict } from '../../harness/model/metric.ts';
import type { Calibration } from './calibrate.ts';
import type { GateResult } from './gate.ts';
import { counted } from './observed.ts';

/** More of our own faults than this and the run cannot be trusted. */
export const INVALID_SHARE = 0.05;

/**
 * The run's verdict. Invalid: nothing was measured, more than 5 % of the calls were spoilt by us, or the metronome
 * was measured wrong. Without a metronome no verdict is given either way: inconclusive.
 */
export function verdict(gates: readonly GateResult[], calls: readonly ScoredCall[], check: Calibration): Verdict {
  const placed = calls.filter(({ outcome }) => outcome !== 'not-run');
  const spoilt = placed.filter(({ outcome }) => outcome === 'invalid').length;
  const measured = counted(calls).some(({ scores }) => scores.length > 0);
  if (!measured || spoilt > placed.length * INVALID_SHARE || check.verdict === 'fail') return 'invalid';
  if (check.verdict === 'missing') return 'inconclusive';
  if (gates.some((gate) => gate.verdict === 'fail')) return 'fail';
  return gates.some((gate) => gate.verdict === 'inconclusive') || placed.length < calls.length
    ? 'inconclusive'
    : 'pass';
}
