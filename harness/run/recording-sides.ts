import { createHash } from 'node:crypto';
import { PHONE_RATE } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import type { Tracks } from '../model/record.ts';
import { ms } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import { openSound } from './recording-file.ts';
import type { SoundFile } from './recording-file.ts';
import { scan } from './recording-scan.ts';
import type { Scan } from './recording-scan.ts';
import { fillTrack } from './recording-track.ts';

/** Which channel of a stereo recording is the caller's. */
export type Channel = 'left' | 'right';

/** One recording to be scored: a stereo file, or one mono file a side that begin at the same instant. */
export type RecordingSource =
  | {
      readonly path: string;
      readonly caller: Channel;
      /** False when nobody said so and left was taken. */
      readonly told: boolean;
    }
  | { readonly path: string; readonly callerPath: string };

/** Both sides at the telephone's rate. */
export interface Sides {
  /** From the samples alone, whatever the files are called. */
  readonly id: string;
  readonly tracks: Tracks;
  /** Of the file, silence at its ends included. */
  readonly length: Ms;
}

interface Side {
  readonly sound: SoundFile;
  readonly lane: number;
  readonly scan: Scan;
}

/** Silence at the ends of a recording is replaced by this much, so that padding can change nothing (whole windows of 32 ms). */
const MARGIN_MS = 160;
const ID_LENGTH = 12;

/** Reads both sides, in pieces. Throws UsageError in one sentence when they cannot be had. */
export function readSides(source: RecordingSource): Sides {
  if ('callerPath' in source) {
    return withSound(source.callerPath, (caller) =>
      withSound(source.path, (agent) => {
        for (const sound of [caller, agent]) mustBeMono(sound);
        return sidesOf({ sound: caller, lane: 0, scan: scan(caller) }, { sound: agent, lane: 0, scan: scan(agent) });
      }),
    );
  }
  return withSound(source.path, (sound) => {
    mustBeStereo(sound);
    const scanned = scan(sound);
    if (scanned.twice)
      throw new UsageError(`${source.path} holds the same on both channels: a mono recording; ${SEPARATE}`);
    const caller = source.caller === 'left' ? 0 : 1;
    return sidesOf({ sound, lane: caller, scan: scanned }, { sound, lane: 1 - caller, scan: scanned });
  });
}

function withSound<T>(path: string, use: (sound: SoundFile) => T): T {
  const sound = openSound(path);
  try {
    return use(sound);
  } finally {
    sound.close();
  }
}

const SEPARATE =
  'record caller and agent on channels of their own, or give two mono files: --caller caller.wav agent.wav';

function mustBeStereo({ path, lanes }: SoundFile): void {
  if (lanes === 1) throw new UsageError(`${path} is mono; ${SEPARATE}`);
  if (lanes === 2) return;
  throw new UsageError(
    `${path} has ${lanes} channels; keep the caller's and the agent's: ffmpeg -i ${path} -af "pan=stereo|c0=c0|c1=c1" stereo.wav`,
  );
}

function mustBeMono({ path, lanes }: SoundFile): void {
  if (lanes === 1) return;
  throw new UsageError(`${path} has ${lanes} channels, and two mono files were named; give a stereo file alone`);
}

function sidesOf(caller: Side, agent: Side): Sides {
  const bounds = [caller, agent].flatMap(({ sound, lane, scan: { loud } }) => {
    const own = loud[lane];
    return own ? [{ from: own.from / sound.rate, to: own.to / sound.rate }] : [];
  });
  if (bounds.length === 0) throw new UsageError(`${agent.sound.path} holds nothing but silence; record it again`);
  const from = Math.min(...bounds.map((bound) => bound.from));
  const to = Math.max(...bounds.map((bound) => bound.to));
  const margin = (MARGIN_MS * PHONE_RATE) / 1000;
  const length = Math.ceil((to - from) * PHONE_RATE) + 2 * margin;
  const origin = ms(1000 * from - MARGIN_MS);
  const sideTrack = ({ sound, lane }: Side): Int16Array => {
    const track = new Int16Array(length);
    const last = Math.min(sound.frames, Math.round(to * sound.rate));
    fillTrack(track, margin, { sound, lane, from: Math.round(from * sound.rate), to: last });
    return track;
  };
  const whole = { ssrc: 0, from: 0, to: length, originMs: origin, msPerSample: 1000 / PHONE_RATE };
  return {
    id: idOf(caller, agent),
    length: ms(Math.max(caller.sound.length, agent.sound.length)),
    tracks: {
      rate: PHONE_RATE,
      caller: sideTrack(caller),
      callerOrigin: origin,
      agent: sideTrack(agent),
      maps: [whole],
      lost: [],
    },
  };
}

const idOf = (...sides: readonly Side[]): string =>
  createHash('sha256')
    .update(sides.map(({ lane, scan: { hash } }) => `${lane} ${hash}`).join(' '))
    .digest('hex')
    .slice(0, ID_LENGTH);
