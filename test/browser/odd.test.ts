import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScoredCall } from '../../harness/model/metric.ts';
import { encodeWav } from '../../harness/model/wav.ts';
import { openStore } from '../../metrics/store/store.ts';
import { buildSite } from '../../reports/site.ts';
import { readCsv } from '../../reports/site/components/data/rows.ts';
import { escaped } from '../../reports/site/html.ts';
import { sampleCall, sampleScore } from '../unit/store/sample.ts';
import { needProgram } from '../peers/need.ts';
import { openReader, tooWide } from './reader.ts';
import { CARLA, HOSTILE, MAYA, METRONOME, reportOf } from '../unit/reports/sample.ts';

const able = needProgram('chromium');

/** Breaks out of markup, turns lines around, and is longer than anybody's name. */
const ODD = `${HOSTILE}\u202e\u05e9\u05dc\u05d5\u05dd\u202c${'x'.repeat(10_000)}`;

let folder = '';
let site = '';
const steps: string[] = [];

/** A site of `calls` in a folder of its own below the test's. */
async function siteOf(name: string, calls: readonly ScoredCall[]): Promise<string> {
  const run = join(folder, name, 'run');
  const out = join(folder, name, 'site');
  mkdirSync(join(run, 'calls/maya-book-1'), { recursive: true });
  writeFileSync(join(run, 'calls/maya-book-1/audio.wav'), encodeWav([new Int16Array(800), new Int16Array(800)], 8000));
  const report = { ...reportOf(calls), paths: { run } };
  const store = await openStore(join(folder, name, 'hangup.duckdb'), 'write');
  await store.addRun(report.manifest);
  for (const call of report.calls) await store.addCall(report.manifest.id, call, NO_EXTRA);
  await store.close();
  await buildSite({ runs: [report], out, audio: 'failed', progress: (step) => steps.push(step) });
  return out;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-report-'));
  const odd = { note: ODD, of: ODD };
  const scores = [
    sampleScore('stop_time', 2400, { ...odd, class: 'interruption' }),
    sampleScore('false_barge_in', 1, { ...odd, class: ODD }),
    sampleScore('cut_in', 1, { ...odd, class: 'pause' }),
  ];
  const place = { name: ODD, snrDb: 3 };
  const hostile = sampleCall('odd-1', 'failed', scores, {
    plan: { persona: ODD, scenario: ODD, place },
    reasons: [ODD],
  });
  site = await siteOf('hostile', [MAYA, CARLA, METRONOME, hostile]);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NO_EXTRA = { durationMs: 100, turns: [], reactions: [] };
const page = (name: string): string => readFileSync(join(site, name), 'utf8');

test('the verdict reads without a script: sentence, gates and calls are in it', () => {
  expect(page('index.html')).toContain('Do not ship: the agent talked over 4 of 11 interruptions');
  expect(page('index.html')).toMatch(/stops when interrupted<\/th>\s*<td>64 % \(31-89\)<\/td>/);
  expect(page('index.html')).toMatch(/low<\/th>\s*<td>open<\/td>\s*<td>2 of 3 calls failed \(9-99 %, tolerated 10 %\)/);
  expect(page('index.html')).toContain('./call.html?id=demo-20261122-101500/maya-book-1');
  expect(page('index.html')).toMatch(/What went wrong, by cause\?[\s\S]*the agent talked over her/);
  expect(steps.at(0)).toBe('report: gathering libraries');
});

test('what an agent or a persona file says cannot become markup, script or expression', () => {
  for (const name of globSync('*.html', { cwd: site })) {
    const text = page(name);
    expect(text, name).not.toMatch(/<img|<b>\s*<audio|<em>bold/);
    const scripts = [...text.matchAll(/<script[\s\S]*?<\/script>/g)].join('');
    expect(scripts, name).not.toContain('alert');
  }
  expect(page('index.html')).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
});

test('a failed call is beside the pages, with what can be heard of it', () => {
  const call = JSON.parse(page('calls/demo-20261122-101500/maya-book-1.json'));
  expect(call.outcome).toBe('failed');
  const [recording = ''] = call.recordings;
  expect(readFileSync(join(site, 'calls', recording)).length).toBeGreaterThan(44);
});

test('charts are drawn while the site is built, from what the store holds', () => {
  const dots = page('latency.html').match(/<title>[\w-]+: +\d+ ms/g) ?? [];
  expect(dots.map((title) => Number(/(\d+) ms/.exec(title)?.[1])).toSorted((a, b) => a - b)).toEqual([
    280, 290, 312, 330, 350,
  ]);
});

test('every table can be taken along, as CSV and as Parquet, with the rows that the page says', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const files = globSync('data/demo-20261122-101500/*.parquet', { cwd: site });
  expect(files.map((file) => basename(file, '.parquet'))).toEqual(
    expect.arrayContaining(['calls', 'scores', 'reactions']),
  );
  for (const file of files) {
    const name = basename(file, '.parquet');
    const [[parquet] = []] = (
      await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet('${join(site, file)}')`)
    ).getRows();
    const csv = readCsv(page(file.replace('.parquet', '.csv'))).rows.length;
    expect([parquet, csv], name).toEqual([csv, csv]);
    expect(page('data.html').replaceAll('&#95;', '_'), name).toMatch(new RegExp(`>${name}: ${csv} rows?<`));
  }
  connection.closeSync();
  instance.closeSync();
  const calls = readCsv(page('data/demo-20261122-101500/calls.csv'));
  const personas = calls.rows.map((row) => row[calls.columns.indexOf('persona')]);
  expect(personas).toContain(ODD);
});

test('nothing in the site asks another host', () => {
  const hosts = globSync('**/*.{html,css}', { cwd: site }).flatMap(
    (file) => page(file).match(/(?:https?:)?\/\/[\w.-]+\.\w+/g) ?? [],
  );
  expect(hosts.filter((host) => !host.endsWith('www.w3.org'))).toEqual([]);
});

test('escaping leaves plain words alone and takes every mark that Markdown knows', () => {
  expect(escaped('Zoë said 3 p.m., (50 %)')).toBe('Zoë said 3 p.m., (50 %)');
  expect(escaped('a\n\n# b\u0000')).toBe('a&#10;&#10;&#35; b ');
  expect(escaped('${x}`*_[!<&"\'')).not.toMatch(/[$`*_[!<"'{]/);
});

/** Visits every page of a site in tabs side by side: what the browser complained about, and pages wider than a telephone. */
async function complaintsOf(where: string, calls: readonly string[]): Promise<readonly string[]> {
  const reader = await openReader(where);
  const named = calls.map((call) => `call.html?id=demo-20261122-101500/${call}`);
  const addresses = [...globSync('*.html', { cwd: where }), ...named];
  const visits = addresses.map(async (address) => {
    const { page, troubles } = await reader.visit(address);
    const wide = await tooWide(page);
    return [...troubles, ...(wide > 0 ? [`${wide} px too wide`] : [])].map((what) => `${address}: ${what}`);
  });
  const found = (await Promise.all(visits)).flat();
  await reader.close();
  return found;
}

test.runIf(able)(
  'a browser runs nothing of what names, notes and places say, and no page is torn apart by them',
  async () => {
    expect(await complaintsOf(site, ['odd-1', 'maya-book-1'])).toEqual([]);
  },
  120_000,
);

test.runIf(able)(
  'a run without a call, and one of which every call was our own fault, have a site that says so and complains of nothing',
  async () => {
    const lost = sampleCall('lost-1', 'invalid', [], { reasons: ['our own audio had a gap of 80 ms at 0:14.2'] });
    const [empty, invalid] = [await siteOf('empty', []), await siteOf('invalid', [lost])];
    expect(readFileSync(join(empty, 'index.html'), 'utf8')).toContain('No verdict');
    expect(readFileSync(join(invalid, 'index.html'), 'utf8')).toContain('No verdict');
    expect(existsSync(join(empty, 'latency.html'))).toBe(false);
    expect(readFileSync(join(invalid, 'callers.html'), 'utf8')).toContain('our own audio had a gap');
    expect(await complaintsOf(empty, [])).toEqual([]);
    expect(await complaintsOf(invalid, ['lost-1'])).toEqual([]);
  },
  180_000,
);
