import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { g722Decoder, g722Encoder } from '../../../harness/rtp/g722/codec.ts';
import { g722Signal } from './g722-signal.ts';

/** What ffmpeg 5.1.9 makes of the signal, and of that in turn (`test/peers/g722.test.ts` asks the ffmpeg that is there). */
const FFMPEG = {
  encoded: 'd6abe88d2a442a1dac9679fa2c793bb471b3aa260a1418f85b244db3f019edd6',
  decoded: 'b242e3d46b71bdb3c9149250f0a00fe02fb656e0f0c37768d4c40385087595f7',
};

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (samples: Int16Array): Uint8Array =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

test("G.722 is bit for bit another implementation's, both ways", () => {
  const encoded = g722Encoder()(g722Signal());
  expect(hash(encoded)).toBe(FFMPEG.encoded);
  expect(hash(bytesOf(g722Decoder()(encoded)))).toBe(FFMPEG.decoded);
});

test('G.722 goes on from frame to frame as if there were none', () => {
  const signal = g722Signal();
  const [encode, decode] = [g722Encoder(), g722Decoder()];
  const [encoded, decoded]: [number[], number[]] = [[], []];
  for (let at = 0; at < signal.length; at += 320) {
    const payload = encode(signal.subarray(at, at + 320));
    encoded.push(...payload);
    decoded.push(...decode(payload));
  }
  expect(hash(Uint8Array.from(encoded))).toBe(FFMPEG.encoded);
  expect(hash(bytesOf(Int16Array.from(decoded)))).toBe(FFMPEG.decoded);
});
