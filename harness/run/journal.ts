import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Activity } from '../model/activity.ts';
import { UsageError } from '../model/errors.ts';
import type { Programmed } from '../model/metronome.ts';
import type { Fate } from '../model/network.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent, CallHead, CallRecord, Tracks } from '../model/record.ts';
import type { RunManifest } from '../model/run.ts';
import type { ScoredCall } from '../model/metric.ts';
import { decodeWav, encodeWav } from '../model/wav.ts';
import { sortedJson } from './json.ts';
import { readReview } from './review.ts';

/** First line of events.jsonl: who called whom, and how samples map to the call's time. */
interface EventsHead {
  readonly schema: 'hangup.call/1';
  readonly head: CallHead;
  readonly tracks: Omit<Tracks, 'caller' | 'agent'>;
  readonly desk?: Omit<Tracks, 'caller' | 'agent'>;
}

/** What became of each packet that the phone's network did something to. */
const NETWORK = 'network.jsonl';

const callsOf = (run: string): string => join(run, 'calls');

function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new UsageError(`the disk is full: ${file} could not be written; free some space and go on with --resume`);
  }
}

/** Makes `runs/<run>` and writes its manifest. Calling it again rewrites the manifest only. */
export function writeManifest(run: string, manifest: RunManifest): void {
  mkdirSync(callsOf(run), { recursive: true });
  write(join(run, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Reads `runs/<run>/manifest.json`. Throws UsageError when `run` is no run's folder. */
export function readManifest(run: string): RunManifest {
  const file = join(run, 'manifest.json');
  if (!existsSync(file))
    throw new UsageError(`${run} is not a run: it has no manifest.json; name a folder under runs/`);
  return JSON.parse(readFileSync(file, 'utf8')) as RunManifest;
}

/**
 * Keeps one call whole: written to a temporary folder that is renamed when complete,
 * so that a killed run loses only the calls in progress.
 */
export function writeCall(run: string, record: CallRecord, activity: Activity, scored: ScoredCall): string {
  const final = join(callsOf(run), record.head.id);
  const draft = join(callsOf(run), `.${record.head.id}.part`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  write(join(draft, 'plan.json'), `${JSON.stringify(record.plan, undefined, 1)}\n`);
  write(join(draft, 'events.jsonl'), eventLines(record));
  write(join(draft, 'audio.wav'), encodeWav([record.tracks.caller, record.tracks.agent], record.tracks.rate));
  if (record.desk) write(join(draft, 'desk.wav'), encodeWav([record.desk.caller, record.desk.agent], record.desk.rate));
  if (record.network) write(join(draft, NETWORK), lines(record.network));
  if (scored.programmed) write(join(draft, 'programme.json'), `${JSON.stringify(scored.programmed, undefined, 1)}\n`);
  writeResults(draft, activity, scored);
  rmSync(final, { recursive: true, force: true });
  renameSync(draft, final);
  return final;
}

/** Writes activity.json and scores.json into a call's folder. */
export function writeResults(folder: string, activity: Activity, scored: ScoredCall): void {
  write(join(folder, 'activity.json'), sortedJson(activity));
  const { outcome, reasons, scores, notSeen } = scored;
  write(join(folder, 'scores.json'), sortedJson({ schema: 'hangup.scores/1', outcome, reasons, scores, notSeen }));
}

function eventLines(record: CallRecord): string {
  const books = (tracks: Tracks): EventsHead['tracks'] => {
    const { caller: _caller, agent: _agent, ...rest } = tracks;
    return rest;
  };
  const head: EventsHead = {
    schema: 'hangup.call/1',
    head: record.head,
    tracks: books(record.tracks),
    ...(record.desk ? { desk: books(record.desk) } : {}),
  };
  return lines([head, ...record.events]);
}

const lines = (entries: readonly unknown[]): string => `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`;

function readNetwork(folder: string): readonly Fate[] | undefined {
  const file = join(folder, NETWORK);
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Fate);
}

/** Names of the finished calls of a run, sorted. */
export function callsIn(run: string): readonly string[] {
  if (!existsSync(callsOf(run))) return [];
  return readdirSync(callsOf(run), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

/** Where a call of a run is kept. */
export const callFolder = (run: string, call: string): string => join(callsOf(run), call);

/** Reads a call's frozen record back. */
export function readCall(folder: string): CallRecord {
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan;
  const [first = '', ...rest] = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  const head = JSON.parse(first) as EventsHead;
  const sound = (file: string, books: EventsHead['tracks']): Tracks => {
    const wav = decodeWav(readFileSync(join(folder, file)), join(folder, file));
    const [caller, agent] = wav.channels;
    if (!caller || !agent)
      throw new UsageError(`${join(folder, file)} is mono; a call has the caller left, the agent right`);
    return { ...books, caller, agent };
  };
  const network = readNetwork(folder);
  return {
    schema: head.schema,
    head: head.head,
    plan,
    events: rest.map((line) => JSON.parse(line) as CallEvent),
    tracks: sound('audio.wav', head.tracks),
    desk: head.desk ? sound('desk.wav', head.desk) : undefined,
    ...(network && { network }),
  };
}

/** The stored detection of a call, if it was made by `detector`. */
export function readActivity(folder: string, detector: string): Activity | undefined {
  const file = join(folder, 'activity.json');
  if (!existsSync(file)) return undefined;
  const activity = JSON.parse(readFileSync(file, 'utf8')) as Activity;
  return activity.detector === detector ? activity : undefined;
}

/** The blind file of a metronome call, for whoever compares; undefined for any other call. */
export function readProgrammed(folder: string): Programmed | undefined {
  const file = join(folder, 'programme.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Programmed) : undefined;
}

/** The stored scores of a call, joined with its plan and head, and with what the metronome was told. */
export function readScored(folder: string): ScoredCall {
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan;
  const [first = '', ...events] = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  const { head } = JSON.parse(first) as EventsHead;
  const talkedMs = talkOf(events.filter((line) => ENDS.test(line)).map((line) => JSON.parse(line) as CallEvent));
  const stored = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Omit<ScoredCall, 'head' | 'plan'>;
  const { outcome, reasons, scores, notSeen } = stored;
  const programmed = readProgrammed(folder);
  const review = readReview(folder);
  return {
    head,
    plan,
    outcome,
    reasons,
    scores,
    notSeen,
    ...(talkedMs === undefined ? {} : { talkedMs }),
    ...(review ? { review } : {}),
    ...(programmed ? { programmed } : {}),
  };
}

/** Events between which a call is talked for, as they are written. */
const ENDS = /"kind":"(?:answered|ended)"/;

/** How long a call was talked for, from answer to end; undefined when nobody answered. */
export function talkOf(events: readonly CallEvent[]): number | undefined {
  const answered = events.find(({ kind }) => kind === 'answered');
  const ended = events.findLast(({ kind }) => kind === 'ended');
  return answered && ended ? ended.at - answered.at : undefined;
}
