import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../metrics/store/store.ts';
import type { FaultRow } from '../../../metrics/store/store.ts';
import { copyCalls } from '../../../reports/site/calls.ts';
import type { CallFile } from '../../../reports/site/calls.ts';
import { withSiteData } from '../../../reports/site/data.ts';
import type { SiteData } from '../../../reports/site/data.ts';
import { openDraw } from '../../../reports/site/draw.ts';
import type { Draw } from '../../../reports/site/draw.ts';
import faultsPage from '../../../reports/site/pages/faults.ts';
import { packageFolder, vendorPackages } from '../../../reports/site/vendor.ts';
import type { RunReport } from '../../../reports/report.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, HOSTILE, reportOf } from './sample.ts';

let folder = '';
let draw: Draw;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-faults-'));
  await vendorPackages(join(folder, 'cache'));
  draw = await openDraw(join(folder, 'cache'), packageFolder('@observablehq/framework') ?? '');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row = (fault: string, metric: string, detected: number, changes: Partial<FaultRow> = {}): FaultRow => ({
  fault,
  metric,
  trials: 4,
  detected,
  expected: 'must',
  ...changes,
});
const MATRIX: readonly FaultRow[] = [
  row('slow', 'turn_latency', 4, { shown: { call: 'slow-1', at: 4200 } }),
  row('slow', 'dead_air', 1, { expected: 'may' }),
  row('deaf-to-barge-in', 'yield_rate', 3, { shown: { call: 'deaf-to-barge-in-1', at: 900 } }),
  row('', 'turn_latency', 0, { trials: 31, expected: 'must-not' }),
  row('', 'yield_rate', 0, { trials: 31, expected: 'must-not' }),
];

/** A site of one run beside a self-test with `matrix`, of whose calls only that of the slow agent is still there. */
async function beside(
  matrix: readonly FaultRow[],
  use: (site: SiteData, body: string) => Promise<void>,
): Promise<void> {
  const out = mkdtempSync(join(folder, 'runs-'));
  const report: RunReport = { ...reportOf([CARLA]), paths: { run: join(out, 'run') } };
  const kept = reportOf([sampleCall('slow-1', 'failed', [])]);
  const manifest = { ...kept.manifest, id: 'selftest', suite: 'selftest', faults: ['slow', 'deaf-to-barge-in'] };
  const selftest = { ...kept, manifest, paths: { run: join(out, 'selftest') } };
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  await store.addRun(report.manifest);
  await store.addRun(manifest);
  await store.addFaultsCaught('selftest', matrix);
  await store.close();
  const look = async (site: SiteData): Promise<void> =>
    use(site, inOneLine((await faultsPage.render(site, draw))?.html ?? ''));
  await withSiteData([report], look, undefined, selftest);
}

/** Where a line breaks says nothing. */
const inOneLine = (body: string): string => body.replaceAll(/\s+/g, ' ');

const LINK = './call.html?id=selftest/slow-1#t=4.20';

test('a fault leads to the call that shows it, from its cell and from its row, and only where that call is kept', async () => {
  await beside(MATRIX, async (_, body) => {
    expect(body.split(`href="${LINK}"`)).toHaveLength(3);
    expect(body).not.toContain('deaf-to-barge-in-1');
    expect(body).toContain('at 0:04.2');
    return Promise.resolve();
  });
});

test('a fault that was missed once is marked, one that another metric noticed along with it is not', async () => {
  await beside(MATRIX, async (_, body) => {
    const failed = [...body.matchAll(/<tr class="fail">[\s\S]*?<\/tr>/g)].map(([text]) => text);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatch(/deaf-to-barge-in[\s\S]*yield rate[\s\S]*3 of 4[\s\S]*75 % \(19-99\)/);
    expect(body).toContain('<title>slow, dead air: 1 of 4 trials</title>');
    return Promise.resolve();
  });
});

test('the sound agent is named with the number of its calls, and with every false alarm', async () => {
  await beside(MATRIX, async (_, body) => {
    expect(body).toContain('called 31 times in the same ways: none of 2 metrics turned red');
    return Promise.resolve();
  });
  await beside([...MATRIX, row('', 'cut_in', 2, { trials: 31, expected: 'must-not' })], async (_, body) => {
    expect(body).toContain('false alarms: cut in in 2');
    return Promise.resolve();
  });
});

test('without a matrix there is no page, and a name in it cannot become markup', async () => {
  await beside([], async (_, body) => {
    expect(body).toBe('');
    return Promise.resolve();
  });
  await beside([row(HOSTILE, HOSTILE, 1, { expected: 'must-not' })], async (_, body) => {
    expect(body).not.toMatch(/<img|<script|<b>\s*<audio|\$\{|`/);
    return Promise.resolve();
  });
});

test('the page of a kept call has the command for its own broken agent, not for one with every fault', async () => {
  await beside(MATRIX, async (site) => {
    const dist = join(folder, 'dist');
    mkdirSync(dist, { recursive: true });
    await copyCalls(site, dist, 'failed', () => undefined);
    const call = JSON.parse(readFileSync(join(dist, 'calls/selftest/slow-1.json'), 'utf8')) as CallFile;
    expect(call.replay).toMatch(/--fault slow$/);
  });
});
