import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { detectActivity } from '../../metrics/activity/detect.ts';
import type { Regions } from '../../metrics/activity/detect.ts';
import { LONGEST_WAIT } from '../../metrics/turns/turns.ts';
import type { Activity } from '../model/activity.ts';
import { UsageError } from '../model/errors.ts';
import type { CallRecord, Tracks } from '../model/record.ts';
import { ms } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import { heardSegments } from './recording-caller.ts';
import type { HeardSegment } from './recording-caller.ts';
import { recordOf } from './recording-record.ts';
import { readSides } from './recording-sides.ts';
import type { RecordingSource } from './recording-sides.ts';
import { mustHearCaller } from './truth-side.ts';
import type { SideNames } from './truth-side.ts';
import { readTruth } from './truth.ts';

/** Anybody's recording as a call's record. `truth` says where the caller's times come from. */
export interface Recording {
  readonly truth: 'file' | 'detected';
  readonly segments: readonly HeardSegment[];
  readonly record: CallRecord;
}

/** A recording that ends without a reply is over this soon after its last sound: silence behind it tells nothing, ms. */
const AFTER_LAST_SOUND = 1;
const ID_LENGTH = 12;

/**
 * Reads a recording and what is known or detected of its caller.
 * Throws UsageError in one sentence for a file, a truth or a pair of channels that cannot be scored.
 */
export async function readRecording(source: RecordingSource, regions: Regions): Promise<Recording> {
  const sides = readSides(source);
  const { tracks, length } = sides;
  const agent = (await detectActivity(tracks, undefined, [], regions)).agent;
  const truth = truthBeside(source);
  const segments = truth ? fromFile(truth, source, tracks, length) : await detected(source, tracks, agent, regions);
  const id = truth ? withTruth(sides.id, segments) : sides.id;
  return {
    truth: truth ? 'file' : 'detected',
    segments,
    record: recordOf(id, tracks, segments, overAt(segments, agent, length)),
  };
}

function fromFile(truth: string, source: RecordingSource, tracks: Tracks, length: Ms): readonly HeardSegment[] {
  const segments = readTruth(truth, length);
  mustHearCaller(tracks, segments, namesOf(source, truth));
  return segments.map((segment) => ({ ...segment, u: { start: 0, end: 0 } }));
}

/** The caller's side by the same detector, turned round. */
async function detected(
  source: RecordingSource,
  tracks: Tracks,
  agent: Activity['agent'],
  regions: Regions,
): Promise<readonly HeardSegment[]> {
  const turned = { ...tracks, caller: tracks.agent, agent: tracks.caller };
  const heard = heardSegments((await detectActivity(turned, undefined, [], regions)).agent, agent);
  if (heard.length > 0) return heard;
  const { caller, remedy } = namesOf(source, '');
  throw new UsageError(`${source.path}: nobody is heard on the caller's side, the ${caller}; ${remedy}`);
}

/** The truth file of a recording, when there is one: `call.truth.json` beside `call.wav`. */
function truthBeside(source: RecordingSource): string | undefined {
  const paths = 'callerPath' in source ? [source.callerPath, source.path] : [source.path];
  const found = paths.map((path) => `${path.replace(/\.[^./\\]*$/, '')}.truth.json`).filter((path) => existsSync(path));
  if (found.length > 1) throw new UsageError(`there are two truth files, ${found.join(' and ')}; keep the caller's`);
  return found[0];
}

function namesOf(source: RecordingSource, truth: string): SideNames {
  const recording = source.path;
  if ('callerPath' in source) {
    const remedy = `give them the other way round: --caller ${source.path} ${source.callerPath}`;
    return { recording, truth, caller: `file ${source.callerPath}`, agent: `file ${source.path}`, remedy };
  }
  const other = source.caller === 'left' ? 'right' : 'left';
  const remedy = `if she is on the ${other}, say --caller ${other}`;
  return { recording, truth, caller: `${source.caller} channel`, agent: `${other} channel`, remedy };
}

/**
 * When the conversation was over. Silence at the end says nothing by itself: it may be padding. Only when it lasts as
 * long as a reply is ever waited for did the agent leave her last words unanswered.
 */
function overAt(segments: readonly HeardSegment[], agent: Activity['agent'], length: Ms): Ms {
  const hers = Math.max(...segments.map(({ endMs }) => endMs));
  const voice = Math.max(-Infinity, ...agent.map(({ end }) => end));
  const unanswered = voice <= hers && length - hers >= LONGEST_WAIT;
  return ms(unanswered ? hers + LONGEST_WAIT : Math.max(hers, voice) + AFTER_LAST_SOUND);
}

const withTruth = (id: string, segments: readonly HeardSegment[]): string =>
  createHash('sha256')
    .update(JSON.stringify([id, segments]))
    .digest('hex')
    .slice(0, ID_LENGTH);
