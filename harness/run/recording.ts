import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { detectActivity } from '../../metrics/activity/detect.ts';
import type { Regions } from '../../metrics/activity/detect.ts';
import { PHONE_RATE } from '../model/audio.ts';
import type { Pcm } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent, CallRecord, Tracks } from '../model/record.ts';
import { ms, samplesToMs } from '../model/time.ts';
import { decodeWav } from '../model/wav.ts';
import { resample } from '../speech/dsp/resample.ts';
import { toFloats, toPcm } from '../speech/dsp/samples.ts';

/** Anybody's stereo recording: left the caller, right the agent. `truth` says where the caller's times come from. */
export interface Recording {
  readonly path: string;
  readonly truth: 'file' | 'detected';
  readonly record: CallRecord;
}

const truthFile = z.object({
  caller: z.array(
    z.object({
      startMs: z.number(),
      endMs: z.number(),
      kind: z.enum(['turn', 'interruption', 'backchannel', 'noise', 'pause']),
    }),
  ),
});

type Stretch = z.infer<typeof truthFile>['caller'][number];

/** Gap up to which a caller's sounds are one turn of hers, when nobody says where she ended, ms. */
const TURN_GAP = 700;

/** Reads a recording and what is known or detected of its caller. Throws UsageError when it is mono, empty or no WAV. */
export async function readRecording(path: string, regions: Regions): Promise<Recording> {
  if (!existsSync(path)) throw new UsageError(`there is no recording ${path}`);
  const { rate, channels } = decodeWav(readFileSync(path), path);
  const [caller, agent] = channels;
  if (!caller || !agent) {
    throw new UsageError(`${path} is mono; record the caller on the left channel and the agent on the right`);
  }
  if (caller.length === 0) throw new UsageError(`${path} holds no audio; record it again`);
  const tracks = tracksOf(atPhoneRate(caller, rate), atPhoneRate(agent, rate), PHONE_RATE);
  const beside = path.replace(/\.wav$/i, '.truth.json');
  const known = existsSync(beside);
  const stretches = known ? truthIn(beside) : await detected(tracks, regions);
  return { path, truth: known ? 'file' : 'detected', record: recordOf(path, tracks, stretches) };
}

/** The detector listens at the telephone's rate; the resampler's delay is compensated. */
const atPhoneRate = (samples: Pcm, rate: number): Pcm =>
  rate === PHONE_RATE ? samples : toPcm(resample(toFloats(samples), rate, PHONE_RATE));

function tracksOf(caller: Int16Array, agent: Int16Array, rate: number): Tracks {
  const whole = { ssrc: 0, from: 0, to: agent.length, originMs: ms(0), msPerSample: 1000 / rate };
  return { rate, caller, callerOrigin: ms(0), agent, maps: [whole], lost: [] };
}

function truthIn(file: string): readonly Stretch[] {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
  const read = truthFile.safeParse(raw);
  if (read.success) return read.data.caller.toSorted((a, b) => a.startMs - b.startMs);
  const [issue] = read.error.issues;
  throw new UsageError(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not a truth file'}`);
}

/** The caller's turns by the same detector, turned round: less certain than a truth file. */
async function detected(tracks: Tracks, regions: Regions): Promise<readonly Stretch[]> {
  const turned = tracksOf(tracks.agent, tracks.caller, tracks.rate);
  const { agent: sounds } = await detectActivity(turned, undefined, [], regions);
  const turns: Stretch[] = [];
  for (const { onset, end } of sounds) {
    const last = turns.at(-1);
    if (last && onset - last.endMs <= TURN_GAP) last.endMs = end;
    else turns.push({ startMs: onset, endMs: end, kind: 'turn' });
  }
  return turns;
}

function recordOf(path: string, tracks: Tracks, stretches: readonly Stretch[]): CallRecord {
  const name = basename(path).replace(/\.wav$/i, '');
  const length = samplesToMs(tracks.caller.length, tracks.rate);
  const events = stretches.flatMap((stretch, index) => eventOf(stretch, index, stretches));
  const ended: CallEvent = {
    source: 'wire',
    kind: 'ended',
    at: length,
    ending: { by: 'us', reason: 'hung-up', at: length, detail: 'the recording ends' },
  };
  return {
    schema: 'hangup.call/1',
    head: { id: name, plan: name, line: 'recording', timing: 'exact', time: 'real', target: path, evidence: ['wire'] },
    plan: planOf(name, length),
    events: [...events, ended],
    tracks,
    desk: undefined,
  };
}

function eventOf(stretch: Stretch, index: number, all: readonly Stretch[]): CallEvent[] {
  const onset = ms(stretch.startMs);
  const end = ms(stretch.endMs);
  const id = `${stretch.kind}-${index + 1}`;
  if (stretch.kind === 'pause') return [];
  if (stretch.kind === 'turn') {
    const pauses = all
      .filter(({ kind, startMs, endMs }) => kind === 'pause' && startMs >= onset && endMs <= end)
      .map(({ startMs, endMs }) => ({ from: ms(startMs), to: ms(endMs) }));
    const said = {
      line: id,
      topic: '',
      text: '',
      way: 0,
      mumbled: false,
      onset,
      end,
      pauses,
      facts: {},
      cut: false,
      desk: false,
    };
    return [{ source: 'caller', kind: 'said', at: onset, ...said }];
  }
  const takesFloor = stretch.kind === 'interruption';
  const stimulus = {
    id,
    stimulus: stretch.kind,
    sham: false,
    takesFloor,
    text: '',
    intended: onset,
    onset,
    intent: end,
    end,
    facts: {},
  };
  return [{ source: 'caller', kind: 'stimulus', at: onset, ...stimulus }];
}

/** What little is known of a recording's call. */
function planOf(id: string, maxMs: number): Plan {
  return {
    schema: 'hangup.plan/1',
    id,
    seed: 0,
    persona: 'recorded',
    scenario: 'recorded',
    stakes: 'low',
    opens: 'agent',
    mind: 'script',
    voice: { engine: 'recorded', name: id, rate: 1 },
    place: { name: 'quiet', snrDb: 0 },
    phone: { codec: 'PCMU', loss: 0 },
    patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
    lines: [],
    stimuli: [],
    expect: { handoff: { truth: 'may', facts: [] } },
    bounds: [],
    desks: 'answer',
    maxMs,
  };
}
