import { DETECTOR, detectActivity } from '../../metrics/activity/detect.ts';
import type { Regions } from '../../metrics/activity/detect.ts';
import { scoreCall } from '../../metrics/score.ts';
import { viewCall } from '../../metrics/turns/view.ts';
import type { Activity } from '../model/activity.ts';
import type { CallView, ScoredCall } from '../model/metric.ts';
import type { CallRecord } from '../model/record.ts';
import type { Detector } from './detector.ts';
import { sortedJson } from './json.ts';
import { callFolder, callsIn, readActivity, readCall, readProgrammed, writeResults } from './journal.ts';
import { unblinded } from './programmed.ts';
import type { Registry } from './registry.ts';
import type { Metric } from '../model/metric.ts';

/** What turns a record into scores. */
export interface Instruments {
  readonly metrics: Registry<Metric>;
  readonly regions: Regions;
  /** Hears calls elsewhere than here, with the same result. */
  readonly detector?: Detector;
}

/** A call, heard, cut into turns and measured. */
export interface Measured {
  readonly record: CallRecord;
  readonly activity: Activity;
  readonly view: CallView;
  readonly scored: ScoredCall;
}

/** Hears a call (or takes the stored detection), cuts it into turns and measures it. */
export async function measure(record: CallRecord, tools: Instruments, stored?: Activity): Promise<Measured> {
  // Scores are always made from what is stored, so that scoring again gives the same bytes.
  const activity = stored ?? (JSON.parse(sortedJson(await heard(record, tools))) as Activity);
  const view = viewCall(record, activity);
  return { record, activity, view, scored: scoreCall(view, tools.metrics) };
}

const heard = (record: CallRecord, { detector, regions }: Instruments): Promise<Activity> =>
  detector ? detector.hear(record) : detectActivity(record.tracks, record.desk, record.events, regions);

/** Measures every finished call of a stored run again and writes its results. `said` hears of each. */
export async function remeasure(
  run: string,
  tools: Instruments,
  said: (done: number, of: number) => void,
): Promise<readonly Measured[]> {
  const calls = callsIn(run);
  const measured: Measured[] = [];
  for (const call of calls) {
    const folder = callFolder(run, call);
    const one = unblinded(
      await measure(readCall(folder), tools, readActivity(folder, DETECTOR)),
      readProgrammed(folder),
    );
    writeResults(folder, one.activity, one.scored);
    measured.push(one);
    said(measured.length, calls.length);
  }
  return measured;
}
