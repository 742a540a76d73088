import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reaction, ScoredCall } from '../../../harness/model/metric.ts';
import { ms } from '../../../harness/model/time.ts';
import type { Makeup } from '../../../harness/model/makeup.ts';
import { openStore } from '../../../metrics/store/store.ts';
import { withSiteData } from '../../../reports/site/data.ts';
import { openDraw } from '../../../reports/site/draw.ts';
import type { Draw } from '../../../reports/site/draw.ts';
import callersPage from '../../../reports/site/pages/callers.ts';
import trendPage from '../../../reports/site/pages/trend.ts';
import { packageFolder, vendorPackages } from '../../../reports/site/vendor.ts';
import { sampleCall, sampleExtra, samplePlan, sampleRun, sampleScore } from '../store/sample.ts';
import { CARLA, HOSTILE, reportOf } from './sample.ts';

let folder = '';
let draw: Draw;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-series-'));
  await vendorPackages(join(folder, 'cache'));
  draw = await openDraw(join(folder, 'cache'), packageFolder('@observablehq/framework') ?? '');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where a line breaks says nothing. */
const inOneLine = (body: string): string => body.replaceAll(/\s+/g, ' ');

/** The page of trends over one night a median, in order; of the last night. */
async function trendOf(
  medians: readonly number[],
  baselines: readonly number[] = [],
  makeups: readonly Makeup[] = [],
): Promise<string> {
  const out = mkdtempSync(join(folder, 'nights-'));
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  for (const [night, median] of medians.entries()) {
    const startedAt = `2026-11-${String(night + 1).padStart(2, '0')}T03:00:00.000Z`;
    const makeup = makeups[night];
    await store.addRun({ ...sampleRun(`night-${night}`), startedAt, ...(makeup ? { makeup } : {}) });
    const call = sampleCall('a', 'passed', [sampleScore('turn_latency', median)]);
    await store.addCall(`night-${night}`, call, { durationMs: 1, turns: [], reactions: [] });
    mkdirSync(join(out, `night-${night}`));
    if (baselines.includes(night)) writeFileSync(join(out, `night-${night}`, 'baseline'), '');
  }
  await store.close();
  const id = `night-${medians.length - 1}`;
  const report = { ...reportOf([CARLA]), manifest: sampleRun(id), paths: { run: join(out, id) } };
  let body = '';
  await withSiteData([report], async (site) => {
    body = inOneLine((await trendPage.render(site, draw))?.html ?? '');
  });
  return body;
}

test('a run that is kept as a baseline is marked in the figure and in its row, and no other is', async () => {
  const body = await trendOf([400, 410, 405], [1]);
  expect(body.match(/<title>baseline [^<]+/g)).toEqual(['<title>baseline night-1: 410 ms']);
  expect(body.match(/night-\d \(baseline\)/g)).toEqual(['night-1 (baseline)']);
});

test('a step between nights is named with the run that began it, and nothing is asked of a handful of nights', async () => {
  const stepped = await trendOf([400, 412, 405, 398, 409, 620, 611, 604, 630, 615]);
  expect(stepped).toMatch(/It shifted once, most likely with night-5: from 405 to 615 ms/);
  expect(stepped).toContain('dashed: where it shifted');
  const scattered = await trendOf([400, 412, 405, 398, 409, 401, 411, 404, 399, 410]);
  expect(scattered).toContain('No shift stands out');
  expect(scattered).not.toContain('dashed: where it shifted');
  expect(await trendOf([400, 410, 620])).toMatch(/not asked before there are 8 runs[\s\S]*these are 3/);
});

test('a night with a simulated brain is in no row with nights of the usual one', async () => {
  expect(await trendOf([400, 1300, 410], [], [{}, { simulate: ['brain=900'] }, {}])).toBe('');
});

test('two nights make no trend', async () => {
  expect(await trendOf([400, 410])).toBe('');
});

const [reaction] = sampleExtra.reactions;
const off = (by: number, changes: Partial<Reaction['event']> = {}): Reaction => {
  const { event, ...rest } = reaction as Reaction;
  return { ...rest, event: { ...event, onset: ms(event.intended + by), ...changes } };
};

/** The page of callers over calls whose stimuli came so many ms late. */
async function callersOf(calls: readonly (readonly [ScoredCall, readonly Reaction[]])[]): Promise<string> {
  const out = mkdtempSync(join(folder, 'callers-'));
  const report = { ...reportOf(calls.map(([call]) => call)), paths: { run: join(out, 'run') } };
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  await store.addRun(report.manifest);
  for (const [call, reactions] of calls) {
    await store.addCall(report.manifest.id, call, { durationMs: 1, turns: [], reactions });
  }
  await store.close();
  let body = '';
  await withSiteData([report], async (site) => {
    body = inOneLine((await callersPage.render(site, draw))?.html ?? '');
  });
  return body;
}

const planned = samplePlan('', {
  stimuli: [1, 2, 3].map(() => ({})) as unknown as ReturnType<typeof samplePlan>['stimuli'],
});
const caller = (id: string, outcome: ScoredCall['outcome'], reasons: readonly string[] = []): ScoredCall =>
  sampleCall(id, outcome, [], { plan: { persona: 'maya', stimuli: planned.stimuli }, reasons });

test('our own timing is told with what was planned, and what came too late is told from what came in time', async () => {
  const body = await callersOf([
    [caller('a', 'passed'), [off(1), off(-3)]],
    [caller('b', 'failed'), [off(80, { stimulus: 'cough' })]],
  ]);
  expect(body).toContain('3 of 6 planned');
  expect(body).toMatch(/within 3\.0 ms of\s+their instants, the worst 80\.0 ms off/);
  const late = [...body.matchAll(/<line[^>]*stroke="var\(--bad\)"[\s\S]*?<title>([^<]+)/g)].map(([, title]) => title);
  expect(late).toEqual(['cough in b: 80.0 ms']);
  expect(body).toContain('maya, book-cleaning: 1 of 2 failed');
});

test('calls we spoilt are counted by what spoilt them, whatever the instants and figures, and each can be opened', async () => {
  const body = await callersOf([
    [caller('a', 'invalid', ['our own audio had a gap of 80 ms at 0:14.2']), []],
    [caller('b', 'invalid', ['our own audio had a gap of 121 ms at 1:02.0', HOSTILE]), []],
    [caller('c', 'passed'), []],
  ]);
  expect(body).toMatch(/2 of 3 calls/);
  expect(body).toMatch(/our own audio had a gap of &#8230; ms\s*<\/th>\s*<td>2<\/td>\s*<td>[\s\S]*\/a"[\s\S]*\/b"/);
  expect(body).not.toMatch(/<img|<script|\$\{/);
});

test('without an invalid call the page says so', async () => {
  expect(await callersOf([[caller('a', 'passed'), []]])).toContain('No call was lost to our own faults');
});
