import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawerBreaches, importBreaches, importsOf, registryBreaches, timeBreaches } from './architecture/inspect.ts';
import type { Source } from './architecture/inspect.ts';

const root = new URL('..', import.meta.url).pathname;
const sources: readonly Source[] = globSync('{harness,personas,agent,metrics,reports,train}/**/*.ts', { cwd: root })
  .filter((path) => !path.includes('/.observablehq/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));

const planted = (path: string, text: string): Source => ({ path, text });

test('no file imports past its floor, not even a type', () => {
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.flatMap(importBreaches)).toEqual([]);
});

test('time and chance come in through one door', () => {
  expect(sources.flatMap(timeBreaches)).toEqual([]);
});

test('every file of a registry is one public name', () => {
  expect(sources.flatMap(registryBreaches)).toEqual([]);
});

test('no drawer for what has no name', () => {
  expect(sources.flatMap((source) => drawerBreaches(source.path))).toEqual([]);
});

test('every dependency is named in the notices', () => {
  const notices = readFileSync(`${root}THIRD-PARTY-NOTICES.md`, 'utf8');
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const unnamed = Object.entries(dependencies).filter(([name, version]) => !notices.includes(`- ${name} ${version} (`));
  expect(unnamed).toEqual([]);
});

test.each([
  ['a type-only import upwards', 'harness/model/x.ts', "import type { A } from '../clock/real.ts';"],
  ['a re-export upwards', 'harness/clock/x.ts', "export { a } from '../lines/sip.ts';"],
  ['a worker upwards', 'harness/clock/x.ts', "new Worker(new URL('../lines/w.ts', import.meta.url));"],
  ['a dynamic import upwards', 'metrics/turns/x.ts', "const a = await import('../gate/gate.ts');"],
  ['an import over several lines', 'harness/rtp/x.ts', "import {\n  a,\n  b,\n} from '../sip/udp.ts';"],
  ['the agent that looks at the caller', 'agent/x.ts', "import { a } from '../harness/caller/floor.ts';"],
  ['a report that starts a run', 'reports/x.ts', "import { a } from '../harness/run/run.ts';"],
  ['a cli import from the call', 'harness/call/x.ts', "import { a } from '../cli/main.ts';"],
  ['the product that imports how its ear was trained', 'agent/x.ts', "import { a } from '../train/corpus.ts';"],
  ['the training of the ear that looks at the agent', 'train/x.ts', "import { a } from '../agent/agent.ts';"],
  ['DuckDB outside the store', 'reports/x.ts', "import { DuckDBInstance } from '@duckdb/node-api';"],
  ['sip.js outside its folder', 'harness/lines/sip.ts', "import { UserAgent } from 'sip.js/lib/api';"],
  ['a file opened by a measure', 'metrics/measures/x.ts', "import { readFileSync } from 'node:fs';"],
  ['a package in the model', 'harness/model/x.ts', "import { z } from 'zod';"],
  ['timers as a module', 'harness/caller/x.ts', "import { setTimeout } from 'node:timers/promises';"],
  ['a folder the law does not know', 'somewhere/x.ts', ''],
])('the law notices %s', (_name, path, text) => {
  expect(importBreaches(planted(path, text))).toHaveLength(1);
});

test.each([
  ['Date.now', 'const at = Date.now();'],
  ['a new Date', 'const at = new Date();'],
  ['performance', 'const at = performance.now();'],
  ['setTimeout', 'setTimeout(() => undefined, 3);'],
  ['globalThis.setTimeout passed on', 'const wait = globalThis.setInterval;'],
  ['hrtime', 'process.hrtime.bigint();'],
  ['an abort timer', 'AbortSignal.timeout(30);'],
  ['chance without a seed', 'const x = Math.random();'],
  ['time inside a template', 'const x = `${Date.now()}`;'],
])('the door notices %s', (_name, text) => {
  expect(timeBreaches(planted('harness/caller/x.ts', text))).toHaveLength(1);
  expect(timeBreaches(planted('harness/clock/real.ts', text))).toEqual([]);
});

test('words about time in comments and strings are no breach', () => {
  const text =
    "// setTimeout is not for us\n/* Date.now() */\nconst a = 'performance.now()'; const b = 'https://x.org';";
  expect(timeBreaches(planted('harness/caller/x.ts', text))).toEqual([]);
});

test('what the law allows passes, and comments are not imports', () => {
  const text =
    "import type { Ms } from '../model/time.ts';\n// import { a } from '../cli/main.ts';\nimport { z } from 'zod';";
  expect(importsOf(text)).toEqual(['../model/time.ts', 'zod']);
  expect(importBreaches(planted('harness/office/x.ts', text))).toEqual([]);
  expect(importBreaches(planted('harness/cli/x.ts', "import { a } from '../run/run.ts';"))).toEqual([]);
  expect(importBreaches(planted('metrics/store/x.ts', "import { a } from '../gate/gate.ts';"))).toEqual([]);
});

test('a registry file without, or with two, default exports is noticed', () => {
  expect(registryBreaches(planted('agent/faults/slow.ts', 'export const slow = 1;'))).toHaveLength(1);
  expect(registryBreaches(planted('agent/faults/slow.ts', 'export default 1;'))).toEqual([]);
  expect(registryBreaches(planted('agent/faults/parts/slow.ts', 'export const slow = 1;'))).toEqual([]);
});

test('a drawer is noticed', () => {
  expect(drawerBreaches('harness/utils/time.ts')).toHaveLength(1);
  expect(drawerBreaches('metrics/statistics/rates.ts')).toEqual([]);
});
