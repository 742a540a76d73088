import { z } from 'zod';
import type { Metric } from '../../model/metric.ts';
import type { Place } from '../../model/person.ts';
import { chance } from '../../model/seed.ts';
import type { VoiceKind } from '../../model/speech.ts';
import { complaintAbout } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { summary, work } from './contract.ts';

const placeShape = z.looseObject({ summary, noise: work });

const metricShape = z.looseObject({
  summary,
  unit: z.enum(['ms', 's', 'rate', 'count', 'ratio', 'dB']),
  better: z.enum(['lower', 'higher']),
  kind: z.enum(['latency', 'rate', 'amount', 'curve', 'tradeoff']),
  version: z.number().min(1),
  needs: z.array(z.enum(['wire', 'ear', 'office', 'hooks', 'world', 'claims'])).min(1),
  measure: work,
});

const voiceShape = z.looseObject({ summary, voices: work, missing: work, open: work });

/** A place's contract: as many samples as were asked for, the same for the same seed, within -1 and 1. */
export function placeComplaint(place: Place): Complaint | undefined {
  const shape = complaintAbout(placeShape, place);
  if (shape) return shape;
  const path = ['noise'];
  const [once, twice] = [place.noise(8000, 8000, chance(1)), place.noise(8000, 8000, chance(1))];
  if (!(once instanceof Float32Array) || once.length !== 8000) {
    return { path, says: 'it must return a Float32Array of as many samples as it is asked for' };
  }
  if (once.some((value) => !(Math.abs(value) <= 1)))
    return { path, says: 'a sample lies outside -1 and 1; scale it down' };
  return once.every((value, i) => value === twice[i])
    ? undefined
    : { path, says: 'it sounds different the second time; draw every chance from the dice it is given' };
}

/** A measure's contract: its shape, and that a rate is counted as one. */
export const metricComplaint = (metric: Metric): Complaint | undefined =>
  complaintAbout(metricShape, metric) ??
  ((metric.kind === 'rate') === (metric.unit === 'rate')
    ? undefined
    : {
        path: ['unit'],
        says: `kind is ${metric.kind} and unit ${metric.unit}; a rate has the unit rate, and nothing else has`,
      });

/** A voice's contract: its shape. */
export const voiceComplaint = (voice: VoiceKind): Complaint | undefined => complaintAbout(voiceShape, voice);
