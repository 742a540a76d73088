import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workflow = (name: string): unknown => parse(readFileSync(join(root, 'docs/ci', name), 'utf8'));

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface GitHub {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes'?: number; readonly env?: Env; readonly steps: readonly Step[] }>
  >;
}
interface GitLab {
  readonly hangup: {
    readonly rules: readonly { readonly if: string }[];
    readonly variables: Env;
    readonly script: readonly string[];
    readonly after_script: readonly string[];
    readonly artifacts: {
      readonly when: string;
      readonly paths: readonly string[];
      readonly reports: { readonly junit: string };
    };
  };
}
type Env = Readonly<Record<string, string>>;

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'hangup-ci-'));
  chmodSync(home, 0o777);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Nobody in particular: what runs here must not need to be root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asNobody = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];

/** A user's repository: a suite of one caller and the metronome, and Hangup as a package of its own. */
function repository(name: string): string {
  const folder = join(home, name);
  const shim = join(folder, 'packages/hangup');
  mkdirSync(shim, { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  write(
    'hangup.config.ts',
    `import { defineSuite } from 'hangup';
export default defineSuite({ name: 'nightly', target: 'reference', seed: 7, metronome: 1,
  calls: [{ persona: 'plain-paula', scenario: 'price-and-hours' }] });\n`,
  );
  const own = {
    name: 'front-desk',
    private: true,
    type: 'module',
    devDependencies: { hangup: 'file:packages/hangup' },
  };
  write('package.json', JSON.stringify(own));
  const packed = { name: 'hangup', version: '0.1.0', type: 'module', bin: 'bin.js', exports: './index.js' };
  writeFileSync(join(shim, 'package.json'), JSON.stringify(packed));
  writeFileSync(join(shim, 'index.js'), `export * from ${JSON.stringify(join(root, 'harness/model/suite.ts'))};\n`);
  writeFileSync(
    join(shim, 'bin.js'),
    `#!/usr/bin/env node\nawait import(${JSON.stringify(join(root, 'bin/hangup.js'))});\n`,
  );
  chmodSync(join(shim, 'bin.js'), 0o755);
  execFileSync('npm', ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'ignore',
  });
  // What an earlier folder has rendered and heard need not be made again.
  const cache = join(home, 'good/runs/.cache');
  if (existsSync(cache)) cpSync(cache, join(folder, 'runs/.cache'), { recursive: true });
  if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder]);
  return folder;
}

interface Shell {
  readonly code: number;
  readonly printed: string;
}

/** One step as a runner executes it: bash, ending at the first command that fails. */
function shell(script: string, folder: string, env: Env): Shell {
  const [program = 'bash', ...words] = [...asNobody, 'bash', '-e', '-o', 'pipefail', '-c', script];
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { HOME: folder, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter), CI: 'true', ...env },
  });
  return { code: status ?? 128, printed: stdout + stderr };
}

/** `${{ ... }}` as in a repository without secrets. */
const withoutExpressions = (env: Env = {}): Env =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replaceAll(/\$\{\{.*?\}\}/g, '')]));

/** Executes a job's own steps in order, as GitHub does: after one failed, only those that say so. */
function play(job: { readonly env?: Env; readonly steps: readonly Step[] }, folder: string, told: Env) {
  const env = {
    ...withoutExpressions(job.env),
    GITHUB_ACTIONS: 'true',
    GITHUB_RUN_ID: '1',
    GITHUB_STEP_SUMMARY: join(folder, 'step-summary.md'),
    ...told,
  };
  const done = new Map<string, Shell>();
  for (const step of job.steps) {
    const failed = [...done.values()].some(({ code }) => code !== 0);
    if (step.run === undefined || (failed && step.if !== '${{ !cancelled() }}')) continue;
    done.set(step.name ?? '', shell(step.run, folder, env));
  }
  return done;
}

const codes = (done: ReadonlyMap<string, Shell>): Readonly<Record<string, number>> =>
  Object.fromEntries([...done].map(([name, { code }]) => [name, code]));
const all = (done: ReadonlyMap<string, Shell>): string => [...done.values()].map(({ printed }) => printed).join('\n');

test.each(['github.yml', 'github-pages.yml'])('%s is a workflow that GitHub takes', (name) => {
  const { on, permissions, jobs } = workflow(name) as GitHub;
  expect(Object.keys(on)).toEqual(expect.arrayContaining(['schedule', 'workflow_dispatch']));
  // What a workflow is not given, a dependency gone bad cannot use.
  expect(permissions).toEqual({ contents: 'read' });
  for (const { steps } of Object.values(jobs)) {
    for (const step of steps) {
      expect(Number(step.run !== undefined) + Number(step.uses !== undefined)).toBe(1);
      if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/);
      // An expression inside a script is how a pull request's title becomes a command.
      expect(step.run ?? '').not.toContain('${{');
    }
  }
  expect(Object.values(jobs)[0]?.['timeout-minutes']).toBeGreaterThan(60);
});

test('a good agent goes through the GitHub workflow, and everything is kept', () => {
  const folder = repository('good');
  const { gate } = (workflow('github.yml') as GitHub).jobs;
  const done = play(gate ?? { steps: [] }, folder, { HANGUP_RUN: '--time virtual --max-calls 5 --max-minutes 5' });
  expect(codes(done), all(done)).toEqual({ Install: 0, Call: 0, Gate: 0, Report: 0, 'Make room': 0 });
  const summary = readFileSync(join(folder, 'step-summary.md'), 'utf8');
  expect(summary.match(/## Hangup: pass/g)).toHaveLength(1);
  expect(done.get('Call')?.printed).toMatch(/^::notice title=Hangup::Ship/m);
  expect(done.get('Gate')?.printed).not.toMatch(/^::notice/m);
  const kept = gate?.steps.find(({ name }) => name === 'Keep')?.with?.['path'];
  for (const path of String(kept).trim().split('\n')) {
    const [first = ''] = path.split('*');
    expect(path.startsWith('!') || existsSync(join(folder, first)), path).toBe(true);
  }
  for (const file of ['junit.xml', 'summary.md', 'site/index.html']) {
    expect(existsSync(join(folder, 'hangup', file)), file).toBe(true);
  }
}, 240_000);

test('a broken agent stops at the gate, the reason is annotated, and its calls are kept all the same', () => {
  const folder = repository('broken');
  const { gate } = (workflow('github.yml') as GitHub).jobs;
  const done = play(gate ?? { steps: [] }, folder, { HANGUP_RUN: '--time virtual --fault mute' });
  expect(codes(done), all(done)).toEqual({ Install: 0, Call: 0, Gate: 1, Report: 0, 'Make room': 0 });
  expect(done.get('Call')?.printed).toMatch(/^::error title=failed call plain-paula-price-and-hours-1::/m);
  expect(readFileSync(join(folder, 'hangup/junit.xml'), 'utf8')).toContain('<failure type="failed"');
  expect(existsSync(join(folder, 'hangup/site/index.html'))).toBe(true);
}, 240_000);

test('a mistake in the suite ends the job before anything is judged', () => {
  const folder = repository('mistaken');
  const { gate } = (workflow('github.yml') as GitHub).jobs;
  writeFileSync(join(folder, 'hangup.config.ts'), 'export default {};\n');
  const done = play(gate ?? { steps: [] }, folder, { HANGUP_RUN: '--time virtual' });
  expect(done.get('Call')?.code).not.toBe(0);
  expect(done.has('Gate')).toBe(false);
}, 120_000);

test('the site of the night is where the pages action takes it from', () => {
  const folder = repository('pages');
  const { build, publish } = (workflow('github-pages.yml') as GitHub).jobs;
  const done = play(build ?? { steps: [] }, folder, { HANGUP_RUN: '--time virtual' });
  expect(codes(done), all(done)).toEqual({ Install: 0, Call: 0, Build: 0, 'Make room': 0 });
  const upload = build?.steps.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact'));
  expect(existsSync(join(folder, String(upload?.with?.['path']), 'index.html'))).toBe(true);
  expect(publish?.steps.map(({ uses }) => uses)).toEqual(['actions/deploy-pages@v4']);
}, 240_000);

test('a good agent goes through the GitLab job, and its artifacts are there', () => {
  const folder = repository('gitlab');
  const { hangup } = workflow('gitlab.yml') as GitLab;
  expect(hangup.rules.map((rule) => rule.if)).toContain('$CI_PIPELINE_SOURCE == "merge_request_event"');
  const env = { ...hangup.variables, HANGUP_RUN: '--time virtual' };
  for (const line of [...hangup.script, ...hangup.after_script]) {
    const { code, printed } = shell(line, folder, env);
    expect(code, `${line}\n${printed}`).toBe(0);
  }
  expect(hangup.artifacts.when).toBe('always');
  expect(existsSync(join(folder, hangup.artifacts.reports.junit))).toBe(true);
  expect(readdirSync(join(folder, 'runs')).some((name) => name.startsWith('nightly-'))).toBe(true);
}, 240_000);
