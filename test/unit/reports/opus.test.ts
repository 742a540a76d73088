import { Decoder } from '@evan/opus';
import { expect, test } from 'vitest';
import { encodeWav } from '../../../harness/model/wav.ts';
import { compressed } from '../../../reports/site/opus.ts';

const RATE = 8000;

/** A tone that begins and ends at a sample, on one side. */
function burst(length: number, from: number, to: number): Int16Array {
  return Int16Array.from({ length }, (_, i) =>
    i >= from && i < to ? 9000 * Math.sin((2 * Math.PI * 500 * i) / RATE) : 0,
  );
}

interface Page {
  readonly flags: number;
  readonly position: number;
  readonly packets: readonly Buffer[];
}

/** An Ogg file as RFC 3533 reads it, written from the RFC and not from the code under test. */
function pagesOf(file: Buffer): readonly Page[] {
  const pages: Page[] = [];
  let at = 0;
  while (at < file.length) {
    expect(file.toString('latin1', at, at + 4)).toBe('OggS');
    const count = file[at + 26] ?? 0;
    const lacing = [...file.subarray(at + 27, at + 27 + count)];
    let body = at + 27 + count;
    const whole = Buffer.from(file.subarray(at, body + lacing.reduce((a, b) => a + b, 0)));
    const sum = whole.readUInt32LE(22);
    whole.writeUInt32LE(0, 22);
    expect(crc(whole)).toBe(sum);
    const packets: Buffer[] = [];
    let size = 0;
    for (const piece of lacing) {
      size += piece;
      if (piece === 255) continue;
      packets.push(file.subarray(body, body + size));
      body += size;
      size = 0;
    }
    pages.push({ flags: file[at + 5] ?? 0, position: Number(file.readBigInt64LE(at + 6)), packets });
    at = body;
  }
  return pages;
}

/** Bit by bit, most significant first. */
function crc(bytes: Buffer): number {
  let sum = 0n;
  for (const byte of bytes) {
    sum ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 0x80000000n ? (sum << 1n) ^ 0x04c11db7n : sum << 1n) & 0xffffffffn;
  }
  return Number(sum);
}

/** Both channels as a decoder hears them, the samples to be skipped taken off. */
function heard(file: Buffer): readonly Int16Array[] {
  const [head, , ...rest] = pagesOf(file);
  const preSkip = (head?.packets[0]?.readUInt16LE(10) ?? 0) / (48_000 / RATE);
  const decoders = [0, 1].map(() => new Decoder({ channels: 1, sample_rate: RATE }));
  const sounds = decoders.map((): number[] => []);
  for (const packet of rest.flatMap(({ packets }) => packets)) {
    const [first = 0, second = 0] = packet.subarray(1);
    const [size, header] = first < 252 ? [first, 2] : [second * 4 + first, 3];
    const streams = [
      Buffer.concat([packet.subarray(0, 1), packet.subarray(header, header + size)]),
      packet.subarray(header + size),
    ];
    streams.forEach((stream, side) => {
      const pcm = decoders[side]?.decode(stream) ?? new Uint8Array();
      const samples = new Int16Array(pcm.slice().buffer);
      sounds[side]?.push(...samples);
    });
  }
  return sounds.map((samples) => Int16Array.from(samples.slice(preSkip)));
}

const loudest = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const onset = (samples: Int16Array): number => samples.findIndex((sample) => Math.abs(sample) > 3000);

const LENGTH = 3 * RATE + 77;
const wav = encodeWav([burst(LENGTH, 8000, 16_000), burst(LENGTH, 20_000, 22_000)], RATE);
const file = Buffer.from(compressed(wav, 'call') ?? []);

test('a compressed copy sounds at the instant of the recording, to 3 ms', () => {
  const [caller = new Int16Array(), agent = new Int16Array()] = heard(file);
  expect(Math.abs(onset(caller) - 8000)).toBeLessThan(24);
  expect(Math.abs(onset(agent) - 20_000)).toBeLessThan(24);
});

test('nothing of one side is heard on the other', () => {
  const [caller = new Int16Array(), agent = new Int16Array()] = heard(file);
  expect(loudest(caller.subarray(8000, 16_000))).toBeGreaterThan(7000);
  expect(loudest(agent.subarray(0, 19_000))).toBeLessThan(20);
  expect(loudest(caller.subarray(17_000))).toBeLessThan(20);
});

test('the file says where it begins and ends, and is a fifth of the recording at most', () => {
  const pages = pagesOf(file);
  expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 0, 4]);
  const preSkip = pages[0]?.packets[0]?.readUInt16LE(10) ?? 0;
  expect(preSkip).toBeGreaterThan(0);
  expect(pages.at(-1)?.position).toBe(preSkip + LENGTH * 6);
  expect(file.length).toBeLessThan(wav.length / 5);
});

test('what Opus cannot hold as it is is not copied wrong', () => {
  expect(compressed(encodeWav([new Int16Array(10), new Int16Array(10)], 11_025), 'odd rate')).toBeUndefined();
  expect(compressed(encodeWav([new Int16Array(10)], RATE), 'mono')).toBeUndefined();
});
