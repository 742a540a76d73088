import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Place } from '../../harness/model/person.ts';
import { chance } from '../../harness/model/seed.ts';

const folder = new URL('../../personas/places/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));

test('there is no place to call from', () => expect(names.length).toBeGreaterThan(3));

test.for(names)('%s is not the same noise for the same seed, or clips', async (name) => {
  const { default: place } = (await import(new URL(name, folder).href)) as { default: Place };
  const [once, twice] = [1, 1].map((seed) => place.noise(16_000, 8000, chance(seed)));
  expect(once).toEqual(twice);
  expect(once).toHaveLength(16_000);
  expect(once?.every((value) => Number.isFinite(value) && Math.abs(value) <= 1)).toBe(true);
  expect(place.summary.length).toBeGreaterThan(5);
  const mean = (once ?? new Float32Array()).reduce((sum, value) => sum + value, 0) / 16_000;
  expect(Math.abs(mean)).toBeLessThan(0.05);
});
