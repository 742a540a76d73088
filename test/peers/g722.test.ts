import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { g722Decoder, g722Encoder } from '../../harness/rtp/g722/codec.ts';
import { g722Signal } from '../unit/rtp/g722-signal.ts';
import { needProgram } from './need.ts';

const withFfmpeg = test.skipIf(!needProgram('ffmpeg'));

/** What ffmpeg makes of `input`. */
function ffmpeg(input: Uint8Array, from: readonly string[], to: readonly string[]): Uint8Array {
  const options = ['-loglevel', 'error', ...from, '-i', 'pipe:0', ...to, 'pipe:1'];
  const { status, stdout, stderr } = spawnSync('ffmpeg', options, { input, maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`ffmpeg failed: ${String(stderr)}`);
  return new Uint8Array(stdout);
}

const RAW = ['-f', 's16le', '-ar', '16000', '-ac', '1'];
const CODED = ['-f', 'g722'];

withFfmpeg('ffmpeg encodes to the bytes we encode to', () => {
  const signal = g722Signal();
  const theirs = ffmpeg(new Uint8Array(signal.buffer), RAW, ['-c:a', 'g722', ...CODED]);
  expect(Buffer.compare(g722Encoder()(signal), theirs)).toBe(0);
});

withFfmpeg('ffmpeg decodes to the samples we decode to', () => {
  const coded = g722Encoder()(g722Signal());
  const theirs = new Int16Array(ffmpeg(coded, CODED, ['-f', 's16le']).buffer);
  expect(theirs).toEqual(g722Decoder()(coded));
});
