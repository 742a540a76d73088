import { expect, test } from 'vitest';
import { decodeG711, encodeG711 } from '../../../harness/rtp/g711.ts';

const everyLevel = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);

/** Codewords of ITU-T G.711 tables 1 and 2 at their ends, at zero and at segment borders, as 16-bit inputs. */
const KNOWN = {
  PCMU: [
    [32_767, 0x80],
    [-32_768, 0x00],
    [0, 0xff],
    [4, 0xfe],
    [3, 0xff],
    [1_000, 0xce],
    [-1_000, 0x4e],
    [8_059, 0xa0],
    [8_060, 0x9f],
  ],
  PCMA: [
    [32_767, 0xaa],
    [-32_768, 0x2a],
    [0, 0xd5],
    [-1, 0x55],
    [16, 0xd4],
    [-16, 0x55],
    [-17, 0x54],
    [1_000, 0xfa],
  ],
} as const;

for (const codec of ['PCMU', 'PCMA'] as const) {
  test(`${codec} gives the codewords of the standard`, () => {
    for (const [sample, codeword] of KNOWN[codec]) {
      expect([sample, encodeG711(codec, Int16Array.of(sample))[0]]).toEqual([sample, codeword]);
    }
  });

  test(`${codec} survives tandem coding: what was decoded codes to the same audio again`, () => {
    const once = decodeG711(codec, encodeG711(codec, everyLevel));
    expect(decodeG711(codec, encodeG711(codec, once))).toEqual(once);
  });

  test(`${codec} is monotone, and its error never exceeds half a step`, () => {
    const heard = decodeG711(codec, encodeG711(codec, everyLevel));
    expect(heard.toSorted()).toEqual(heard);
    const wrong = everyLevel.filter((level, i) => {
      const clipped = Math.max(-32_636, Math.min(32_635, level));
      return Math.abs((heard[i] ?? 0) - clipped) > Math.max(8, Math.abs(clipped) / 16);
    });
    expect([...wrong]).toEqual([]);
  });
}
