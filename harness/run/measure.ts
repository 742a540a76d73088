import { DETECTOR, detectActivity } from '../../metrics/activity/detect.ts';
import type { Regions } from '../../metrics/activity/detect.ts';
import { scoreCall } from '../../metrics/score.ts';
import { viewCall } from '../../metrics/turns/view.ts';
import type { Activity } from '../model/activity.ts';
import type { CallView, ScoredCall } from '../model/metric.ts';
import type { CallEvent, CallRecord } from '../model/record.ts';
import { ms } from '../model/time.ts';
import type { Detector } from './detector.ts';
import { sortedJson } from './json.ts';
import { callFolder, callsIn, readActivity, readCall, readProgrammed, writeResults } from './journal.ts';
import { unblinded } from './programmed.ts';
import { withWords } from './words.ts';
import type { NamedEar } from './words.ts';
import type { Registry } from './registry.ts';
import type { Metric } from '../model/metric.ts';

/** What turns a record into scores. */
export interface Instruments {
  readonly metrics: Registry<Metric>;
  readonly regions: Regions;
  /** Hears calls elsewhere than here, with the same result. */
  readonly detector?: Detector;
  /** Writes down what the agent said. */
  readonly ear?: NamedEar;
}

/** A call, heard, cut into turns and measured. */
export interface Measured {
  readonly record: CallRecord;
  readonly activity: Activity;
  readonly view: CallView;
  readonly scored: ScoredCall;
}

/**
 * Hears a call (or takes the stored detection), cuts it into turns and measures it. An ear that fails spoils the call: what
 * the agent said is then not known, and that is our own fault.
 */
export async function measure(record: CallRecord, tools: Instruments, stored?: Activity): Promise<Measured> {
  const heard = stored ? { record, activity: stored } : await hear(record, tools);
  // Scores are always made from what is stored, so that scoring again gives the same bytes.
  const activity = stored ?? (JSON.parse(sortedJson(heard.activity)) as Activity);
  const view = viewCall(heard.record, activity);
  return { record: heard.record, activity, view, scored: scoreCall(view, tools.metrics) };
}

async function hear(
  record: CallRecord,
  { detector, regions, ear }: Instruments,
): Promise<{ readonly record: CallRecord; readonly activity: Activity }> {
  const { tracks, desk, events } = record;
  const activity = await (detector ? detector.hear(record) : detectActivity(tracks, desk, events, regions));
  if (!ear || record.plan.metronome) return { record, activity };
  try {
    return { record, activity: await withWords(activity, tracks, ear) };
  } catch (error) {
    const at = events.at(-1)?.at ?? ms(0);
    const detail = `the ear ${ear.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    const fault: CallEvent = { source: 'caller', kind: 'fault', at, reason: 'ear-failed', detail };
    return { record: { ...record, events: [...events, fault] }, activity };
  }
}

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
