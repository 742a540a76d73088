import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Makeup } from '../../harness/model/makeup.ts';
import { performTogether } from '../../harness/run/perform.ts';
import type { Venue } from '../../harness/run/session.ts';
import { plansOf } from '../../harness/run/plans.ts';
import { loadSuite } from '../../harness/run/suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-unknown-engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[Makeup, RegExp]>([
  [{ brain: 'jelly' }, /no brain called "jelly"; there are: /],
  [{ whole: 'nobody' }, /no whole agent called "nobody"; there are: /],
])(
  'the second arm names an engine nobody has, and all audio is made before that is said: %j',
  async (wrong, says) => {
    const loaded = await loadSuite('demo');
    const { suite } = loaded;
    const plans = await plansOf(loaded, { seed: undefined, trials: undefined, only: 'plain-paula' });
    const venue: Venue = {
      target: 'reference',
      line: 'loopback',
      time: 'virtual',
      faults: [],
      earWorkers: 1,
      allow: [],
    };
    const steps: string[] = [];
    const asked = {
      suite,
      beside: undefined,
      out: folder,
      jobs: 1,
      maxMinutes: undefined,
      signal: new AbortController().signal,
      progress: { step: (text: string) => void steps.push(text), began: () => {}, ended: () => {}, note: () => {} },
    };
    const arms = [undefined, wrong].map((makeup) => ({ seed: 1, venue: { ...venue, makeup }, plans }));
    await expect(performTogether(asked, arms)).rejects.toThrow(says);
    expect(steps).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  },
  60_000,
);
