import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeWav } from '../../../harness/model/wav.ts';
import { buildSite } from '../../../reports/site.ts';
import { escaped } from '../../../reports/site/html.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, HOSTILE, MAYA, METRONOME, reportOf } from './sample.ts';

let folder = '';
let site = '';
const steps: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-report-'));
  site = join(folder, 'site');
  const run = join(folder, 'run');
  mkdirSync(join(run, 'calls/maya-book-1'), { recursive: true });
  writeFileSync(join(run, 'calls/maya-book-1/audio.wav'), encodeWav([new Int16Array(800), new Int16Array(800)], 8000));
  const hostile = sampleCall('odd-1', 'failed', [], { plan: { persona: HOSTILE }, reasons: [HOSTILE] });
  const report = { ...reportOf([MAYA, CARLA, METRONOME, hostile]), paths: { run } };
  const other = { ...report, manifest: { ...report.manifest, id: 'demo-20261121-090000' } };
  await buildSite([report, other], site, (step) => steps.push(step));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = (name: string): string => readFileSync(join(site, name), 'utf8');

test('the page reads without a script: verdict, gates and calls are in it', () => {
  expect(page('index.html')).toContain('Do not ship: the agent talked over 4 of 11 interruptions');
  expect(page('index.html')).toMatch(/<td>stops when interrupted<\/td>\s*<td>64 % \(31-89\)<\/td>/);
  expect(page('demo-20261121-090000.html')).toContain('maya-book-1');
  expect(steps.at(0)).toBe('report: gathering pages');
});

test('what an agent or a persona file says cannot become markup, script or expression', () => {
  const text = page('index.html');
  expect(text).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toMatch(/<img|<b>|<em>bold/);
  const scripts = [...text.matchAll(/<script[\s\S]*?<\/script>/g)].join('');
  expect(scripts).not.toContain('alert');
});

test('a recording is beside the page and its player finds it', () => {
  const [, href = ''] = /<audio [^>]*src="\.\/([^"]+)"/.exec(page('index.html')) ?? [];
  expect(readFileSync(join(site, href)).length).toBe(44 + 800 * 4);
  expect(page('index.html')).not.toMatch(/<audio [^>]*data-recording/);
});

test('the plot gets its numbers', () => {
  const [file = ''] = globSync('_file/index.*.json', { cwd: site });
  const data = JSON.parse(page(file));
  expect(data.limits).toEqual([800]);
  expect(data.replies.map(({ ms }: { ms: number }) => ms)).toEqual([290, 312, 330, 280, 350]);
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
