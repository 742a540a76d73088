import { expect, test } from 'vitest';
import { decodeWav, encodeWav } from '../../../harness/model/wav.ts';
import { conversion, wavLayout } from '../../../harness/model/wav-layout.ts';
import type { ByteSource } from '../../../harness/model/wav-layout.ts';

const channels = [Int16Array.of(1, -2, 32767), Int16Array.of(-32768, 0, 7)];

test('what is written is read back', () => {
  const { rate, channels: read } = decodeWav(encodeWav(channels, 16_000), 'x.wav');
  expect([rate, ...read.map((channel) => [...channel])]).toEqual([16_000, [1, -2, 32767], [-32768, 0, 7]]);
});

test('bytes in the middle of a larger buffer are read from where they are', () => {
  const wav = encodeWav(channels, 8000);
  const shifted = new Uint8Array(wav.length + 7);
  shifted.set(wav, 7);
  expect([...(decodeWav(shifted.subarray(7), 'x.wav').channels[1] ?? [])]).toEqual([-32768, 0, 7]);
});

test('a writer that does not know its length leaves the rest of the file to be read', () => {
  const wav = encodeWav(channels, 8000);
  new DataView(wav.buffer).setUint32(40, 0xffffffff, true);
  expect(decodeWav(wav, 'x.wav').channels[0]).toHaveLength(3);
});

test('a 5 GB recording is found by its 64-bit size, reading only its header', () => {
  const head = new Uint8Array(12 + 8 + 28 + 24 + 8);
  const view = new DataView(head.buffer);
  const tag = (at: number, text: string): void => head.set(new TextEncoder().encode(text), at);
  const [dataBytes, at] = [5_000_000_000, 48];
  tag(0, 'RF64');
  tag(8, 'WAVEds64');
  view.setUint32(16, 28, true);
  view.setBigUint64(28, BigInt(dataBytes), true);
  tag(at, 'fmt ');
  view.setUint32(at + 4, 16, true);
  view.setUint16(at + 8, 1, true);
  view.setUint16(at + 10, 2, true);
  view.setUint32(at + 12, 48_000, true);
  view.setUint16(at + 20, 4, true);
  view.setUint16(at + 22, 16, true);
  tag(at + 24, 'data');
  view.setUint32(at + 28, 0xffffffff, true);
  let most = 0;
  const source: ByteSource = {
    size: head.length + dataBytes,
    read: (from, length) => {
      most = Math.max(most, from + length);
      return head.subarray(from, from + length);
    },
  };
  expect(wavLayout(source, 'x.wav')).toMatchObject({ dataBytes, promised: dataBytes, lanes: 2, strayBytes: 0 });
  expect(most).toBeLessThan(200);
});

test('the conversion command survives a name with a space', () => {
  expect(conversion('my call.mp3')).toBe("ffmpeg -i 'my call.mp3' -c:a pcm_s16le 'my call-converted.wav'");
  expect(conversion('a/call')).toBe('ffmpeg -i a/call -c:a pcm_s16le a/call-converted.wav');
});
