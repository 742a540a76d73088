import { expect, test } from 'vitest';
import type { Makeup } from '../../../harness/model/makeup.ts';
import { openReference } from '../../../harness/run/reference.ts';

const opening = (makeup: Makeup, faults: readonly string[] = []): Promise<unknown> =>
  openReference({ faults, makeup }, 1);

test.each<[Makeup, RegExp]>([
  [{ ear: 'trumpet' }, /no ear called "trumpet"; there are: .*soundswallower/],
  [{ brain: 'jelly:m' }, /no brain called "jelly"; there are: openai, rules/],
  [{ voice: 'kazoo:loud' }, /no voice engine called "kazoo"; there are: .*flite/],
  [{ whole: 'nobody' }, /no whole agent called "nobody"/],
  [{ brain: 'openai:m@not a url' }, /is no URL/],
  [{ brain: 'rules:big' }, /"rules" is embedded/],
])('an engine nobody has, or that is missing, is opened all the same: %j', async (makeup, sentence) => {
  await expect(opening(makeup)).rejects.toThrow(sentence);
});
