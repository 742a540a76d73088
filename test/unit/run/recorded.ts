import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Regions } from '../../../metrics/activity/detect.ts';
import type { WavEncoding } from '../../../harness/model/wav-layout.ts';
import { encodeG711 } from '../../../harness/rtp/g711.ts';
import { noise, voiced } from '../metrics/signals.ts';

/** A new folder for a test's files. */
export const folder = (): string => mkdtempSync(join(tmpdir(), 'recordings-'));

/** Energy alone decides, without a model. */
export const everything: Regions = (samples) => Promise.resolve([{ from: 0, to: samples.length }]);

/** When each side sounds in `conversation`, ms. */
export const CALLER = [
  { startMs: 500, endMs: 1500 },
  { startMs: 3000, endMs: 3900 },
] as const;
export const AGENT = [
  { startMs: 1900, endMs: 2600 },
  { startMs: 4500, endMs: 5200 },
] as const;

/** Two people: one who sounded like the other's sound delayed would be her echo, Hz. */
const PITCHES = [120, 173] as const;

/** Two turns and two replies, after 400 and 600 ms, over a quiet line; 5.5 s at 8 kHz, in 16-bit steps. */
export function conversation(): readonly Int16Array[] {
  return [CALLER, AGENT].map((spans, side) =>
    spans.reduce(
      (track, { startMs, endMs }) => voiced(track, startMs / 1000, endMs / 1000, -26, PITCHES[side]),
      noise(5.5, -70, side + 1),
    ),
  );
}

/** How a test's WAV is written. */
export interface Writing {
  readonly encoding?: WavEncoding;
  readonly width?: number;
  readonly rate?: number;
  readonly extensible?: boolean;
  /** Chunks before the format, between it and the samples, and after them. */
  readonly clutter?: boolean;
  /** What the header says of the samples' length instead of the truth. */
  readonly claims?: number;
  readonly wide?: boolean;
}

const CODES: Readonly<Record<WavEncoding, number>> = { pcm: 1, float: 3, alaw: 6, mulaw: 7 };
const GUID = '000000001000800000aa00389b71';

/** A WAV of `channels` in 16-bit steps. */
export function wav(channels: readonly Int16Array[], writing: Writing = {}): Uint8Array {
  const { encoding = 'pcm', width = 2, rate = 8000, clutter = false, wide = false } = writing;
  const data = interleaved(channels, encoding, width);
  const format = Buffer.alloc(writing.extensible ? 40 : 16);
  format.writeUInt16LE(writing.extensible ? 0xfffe : CODES[encoding], 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * channels.length * width, 8);
  format.writeUInt16LE(channels.length * width, 12);
  format.writeUInt16LE(width * 8, 14);
  if (writing.extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(width * 8, 18);
    format.writeUInt16LE(CODES[encoding], 24);
    format.write(GUID, 26, 'hex');
  }
  const sizes = Buffer.alloc(28);
  sizes.writeBigUInt64LE(BigInt(data.length), 8);
  const odd = (tag: string): Buffer => (clutter ? chunk(tag, Buffer.from('odd')) : Buffer.alloc(0));
  const body = Buffer.concat([
    wide ? chunk('ds64', sizes) : Buffer.alloc(0),
    odd('JUNK'),
    chunk('fmt ', format),
    odd('LIST'),
    chunk('data', data, writing.claims ?? (wide ? 0xffffffff : undefined)),
    odd('bext'),
  ]);
  const riff = Buffer.alloc(12);
  riff.write(wide ? 'RF64' : 'RIFF', 0, 'latin1');
  riff.writeUInt32LE(wide ? 0xffffffff : 4 + body.length, 4);
  riff.write('WAVE', 8, 'latin1');
  return Buffer.concat([riff, body]);
}

function chunk(tag: string, body: Uint8Array, claims = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(tag, 0, 'latin1');
  head.writeUInt32LE(claims, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
}

function interleaved(channels: readonly Int16Array[], encoding: WavEncoding, width: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * width);
  for (let i = 0; i < frames; i++) {
    channels.forEach((channel, lane) =>
      put(data, (i * channels.length + lane) * width, channel[i] ?? 0, encoding, width),
    );
  }
  return data;
}

function put(data: Buffer, at: number, sample: number, encoding: WavEncoding, width: number): void {
  if (encoding === 'mulaw' || encoding === 'alaw') {
    data[at] = encodeG711(encoding === 'mulaw' ? 'PCMU' : 'PCMA', Int16Array.of(sample))[0] ?? 0;
  } else if (encoding === 'float') {
    if (width === 8) data.writeDoubleLE(sample / 32768, at);
    else data.writeFloatLE(sample / 32768, at);
  } else if (width === 1) data[at] = Math.floor(sample / 256) + 128;
  else data.writeIntLE(sample * 256 ** (width - 2), at, width);
}

/** Writes `bytes` as `name` in a folder of its own and gives the path. */
export function saved(bytes: Uint8Array, name = 'call.wav', truth?: unknown): string {
  const path = join(folder(), name);
  writeFileSync(path, bytes);
  if (truth !== undefined) {
    writeFileSync(path.replace(/\.wav$/, '.truth.json'), typeof truth === 'string' ? truth : JSON.stringify(truth));
  }
  return path;
}
