import { expect, test } from 'vitest';
import { floorNoise } from '../../../harness/rtp/floor.ts';

test('the floor is -65 dBov within half a decibel, without an offset, and the seed decides it', () => {
  const noise = floorNoise(3);
  const power = noise.reduce((sum, sample) => sum + sample * sample, 0) / noise.length;
  expect(Math.abs(10 * Math.log10(power / 32_768 ** 2) + 65)).toBeLessThan(0.5);
  expect(Math.abs(noise.reduce((sum, sample) => sum + sample, 0) / noise.length)).toBeLessThan(1);
  expect(floorNoise(3)).toEqual(noise);
  expect(floorNoise(4)).not.toEqual(noise);
});
