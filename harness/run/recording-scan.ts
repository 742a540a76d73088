import { createHash } from 'node:crypto';
import type { SoundFile } from './recording-file.ts';

/** What one pass over a recording tells, before anything of it is kept. */
export interface Scan {
  /** SHA-256 of its samples as stored, with their rate and number of lanes: the same under any name. */
  readonly hash: string;
  /** By lane: the first frame that is not silent, and one past the last; undefined for a lane of silence alone. */
  readonly loud: readonly ({ readonly from: number; readonly to: number } | undefined)[];
  /** The first two lanes are the same, sample by sample: a mono recording in a stereo file. */
  readonly twice: boolean;
}

/** Quieter than this in 16-bit steps (-72 dBov) is padding: a G.711 or dithered file has no exact zero. */
const SILENT_STEPS = 8;
const FRAMES_AT_ONCE = 65_536;

/** Reads a recording once from end to end, in bounded memory. Throws UsageError where a sample is none. */
export function scan(sound: SoundFile): Scan {
  const hash = createHash('sha256').update(`${sound.rate} ${sound.lanes} `);
  const loud: ({ readonly from: number; readonly to: number } | undefined)[] = Array.from({ length: sound.lanes });
  let twice = sound.lanes > 1;
  for (let at = 0; at < sound.frames; at += FRAMES_AT_ONCE) {
    const until = Math.min(sound.frames, at + FRAMES_AT_ONCE);
    hash.update(sound.bytes(at, until));
    const lanes = sound.read(at, until);
    lanes.forEach((samples, lane) => {
      const first = samples.findIndex(isLoud);
      if (first === -1) return;
      loud[lane] = { from: loud[lane]?.from ?? at + first, to: at + samples.findLastIndex(isLoud) + 1 };
    });
    twice &&= lanes[0]?.every((sample, i) => sample === lanes[1]?.[i]) ?? false;
  }
  return { hash: hash.digest('hex'), loud, twice: twice && loud[0] !== undefined };
}

const isLoud = (sample: number): boolean => Math.abs(sample) > SILENT_STEPS / 32768;
