import { z } from 'zod';
import type { Calibrated } from './calibrate.ts';

const cell = {
  line: z.string(),
  codec: z.string(),
  /** 96 stands for digital silence behind the speech. */
  snrDb: z.number(),
  silence: z.enum(['sound', 'comfort-noise', 'dtx']),
  jitterMs: z.number(),
  loss: z.number(),
  skewPpm: z.number(),
  newSources: z.number(),
};

const row = z.object({
  ...cell,
  metric: z.enum(['turn_latency', 'soft_onset', 'stop_time', 'faded_stop', 'weak_stop']),
  n: z.number(),
  biasMs: z.number(),
  sdMs: z.number(),
  medianAbsMs: z.number(),
  p95AbsMs: z.number(),
  maxAbsMs: z.number(),
  missed: z.number(),
  notKept: z.number(),
});

const table = z.object({
  ...cell,
  judged: z.enum(['yielded', 'cut_in', 'backchannel']),
  hit: z.number(),
  missed: z.number(),
  falseAlarm: z.number(),
  rejected: z.number(),
});

/** What `hangup calibrate --json` prints. */
export const calibrationDocument = z.object({
  schema: z.literal('hangup.calibration/1'),
  verdict: z.enum(['pass', 'fail', 'invalid']),
  /** Folder of the calls. */
  run: z.string(),
  rows: z.array(row),
  tables: z.array(table),
  claims: z.array(
    z.object({
      says: z.string(),
      held: z.boolean(),
      /** Missing when no row speaks of it. */
      worst: z.number().optional(),
      limit: z.number(),
      unit: z.enum(['ms', 'events']),
    }),
  ),
  /** How many calls had each outcome. */
  calls: z.record(z.string(), z.number()),
});

/** The document of a calibration; throws should the two ever differ. */
export function calibrationJson({ run, verdict, calibration, claims, calls }: Calibrated): string {
  const outcomes = Object.groupBy(calls, ({ outcome }) => outcome);
  return JSON.stringify(
    calibrationDocument.parse({
      schema: 'hangup.calibration/1',
      verdict,
      run,
      rows: calibration.rows,
      tables: calibration.tables,
      claims,
      calls: Object.fromEntries(Object.entries(outcomes).map(([outcome, some]) => [outcome, some.length])),
    }),
  );
}
