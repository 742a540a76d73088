import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import { samplesToMs } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import { conversion, wavLayout } from '../model/wav-layout.ts';
import type { ByteSource, WavLayout } from '../model/wav-layout.ts';
import { HEAD_BYTES, mustBeWav } from './recording-container.ts';
import { lanesOf } from './recording-samples.ts';

/** A recording that is read piece by piece: a two-hour one never lies in memory whole. */
export interface SoundFile {
  readonly path: string;
  /** Hz. */
  readonly rate: number;
  readonly lanes: number;
  readonly frames: number;
  readonly length: Ms;
  /** Frames `from <= i < to` as one array a lane, fractions of full scale. Throws UsageError where a sample is none. */
  read(from: number, to: number): readonly Float32Array[];
  /** The bytes of the same frames, as stored. */
  bytes(from: number, to: number): Uint8Array;
  close(): void;
}

const LOWEST_RATE = 8000;
const HIGHEST_RATE = 48_000;
/** Floats are fractions of full scale; some writers exceed it a little, but nobody by this much. */
const MOST_OVER = 8;
/** Stray bytes behind the samples that are padding, not audio the header forgot. */
const MOST_STRAY = 4096;

/** Opens a WAV of 8 to 48 kHz and checks its header. Throws UsageError in one sentence for anything else. */
export function openSound(path: string): SoundFile {
  const fd = openFile(path);
  try {
    return soundOf(path, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openFile(path: string): number {
  try {
    const fd = openSync(path, 'r');
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no recording ${path}`);
    throw new UsageError(`${path} cannot be read (${code ?? 'unknown error'}); check its permissions`);
  }
  throw new UsageError(`${path} is not a file; name a WAV recording`);
}

function soundOf(path: string, fd: number): SoundFile {
  const source = sourceOf(fd);
  mustBeWav(source.read(0, HEAD_BYTES), path);
  const layout = wavLayout(source, path);
  mustBePlausible(layout, path);
  const { rate, lanes, width, dataAt, dataBytes } = layout;
  const block = lanes * width;
  const frames = Math.floor(dataBytes / block);
  const bytes = (from: number, to: number): Uint8Array => source.read(dataAt + from * block, (to - from) * block);
  return {
    path,
    rate,
    lanes,
    frames,
    length: samplesToMs(frames, rate),
    bytes,
    read: (from, to) => checked(lanesOf(bytes(from, to), layout), layout, path, from),
    close: () => closeSync(fd),
  };
}

function sourceOf(fd: number): ByteSource {
  const { size } = fstatSync(fd);
  return {
    size,
    read: (at, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      const got = bytes.length === 0 ? 0 : readSync(fd, bytes, 0, bytes.length, at);
      return bytes.subarray(0, got);
    },
  };
}

function mustBePlausible(layout: WavLayout, path: string): void {
  const { rate, lanes, width, dataBytes, promised, strayBytes } = layout;
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
    const resampled = conversion(path).replace('-c:a', `-ar ${rate > HIGHEST_RATE ? HIGHEST_RATE : LOWEST_RATE} -c:a`);
    throw new UsageError(`${path} has ${rate} samples a second, and 8000 to 48000 are read; convert it: ${resampled}`);
  }
  const whole = conversion(path).replace('-i', '-ignore_length 1 -i');
  const seconds = (bytes: number): string => (bytes / (rate * lanes * width)).toFixed(2);
  if (promised !== undefined && promised > dataBytes) {
    throw new UsageError(
      `${path} breaks off: its header promises ${seconds(promised)} s and ${seconds(dataBytes)} s are there; copy it again, or keep what is there: ${whole}`,
    );
  }
  if (strayBytes > MOST_STRAY) {
    throw new UsageError(
      `${path} holds ${seconds(strayBytes)} s more than the ${seconds(dataBytes)} s its header says; mend the header: ${whole}`,
    );
  }
  if (dataBytes < lanes * width) throw new UsageError(`${path} holds no audio; record it again`);
}

/** Floats may hold what no sound is: said with its place, never scored as silence. */
function checked(
  samples: readonly Float32Array[],
  { encoding, rate }: WavLayout,
  path: string,
  first: number,
): readonly Float32Array[] {
  if (encoding !== 'float') return samples;
  for (const [lane, values] of samples.entries()) {
    const bad = values.findIndex((value) => !(Math.abs(value) <= MOST_OVER));
    if (bad === -1) continue;
    const at = ((first + bad) / rate).toFixed(3);
    throw new UsageError(
      `${path} holds ${values[bad]} at ${at} s of channel ${lane + 1}, and samples lie between -1 and 1; export it again, e.g. as 16-bit PCM`,
    );
  }
  return samples;
}
