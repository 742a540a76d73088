import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wallTime } from '../clock/wall.ts';
import { DETECTOR } from '../../metrics/activity/detect.ts';
import { engineName, makeupText } from '../model/makeup.ts';
import type { Plan } from '../model/plan.ts';
import type { MatrixPlace, RunHost, RunManifest } from '../model/run.ts';
import { STARTER } from '../../metrics/gate/starter.ts';
import type { AgentChoice } from './reference.ts';
import { toAgent } from './run.ts';
import type { Suite } from '../model/suite.ts';
import { projectRoot } from './registry.ts';
import type { Stage } from './stage.ts';
import { FAMILIES, findModel, modelVersion, wantedModel } from '../speech/transformers/models.ts';

/** What a run is about to be. */
export interface RunPlan extends AgentChoice {
  readonly suite: Suite;
  readonly plans: readonly Plan[];
  readonly seed: number;
  readonly matrix?: MatrixPlace | undefined;
}

/** The manifest of a run that begins now. */
export function manifestOf(
  { suite, plans, seed, matrix, faults, manners, makeup }: RunPlan,
  stage: Pick<Stage, 'line' | 'time' | 'target'>,
): RunManifest {
  const startedAt = wallTime();
  const commit = gitCommit();
  return {
    schema: 'hangup.run-manifest/1',
    id: `${stamped(suite.name, startedAt)}${mark([...(manners === undefined ? [] : [manners]), ...(matrix ? [matrix.arm, `seed-${seed}`] : []), ...faults])}`,
    suite: suite.name,
    target: stage.target,
    line: stage.line,
    time: stage.time,
    seed,
    faults,
    ...(manners === undefined ? {} : { manners }),
    ...(makeup && makeupText(makeup) !== '' ? { makeup } : {}),
    ...(matrix ? { matrix } : {}),
    startedAt,
    host: host(),
    versions: { ...versions(), ...modelVersions([makeup?.ear, makeup?.brain, makeup?.voice, suite.ear]) },
    ...(commit === undefined ? {} : { gitCommit: commit }),
    configHash: createHash('sha256')
      .update(JSON.stringify([suite, plans]))
      .digest('hex'),
    gates: suite.gates === 'starter' ? STARTER : suite.gates,
    ...(suite.tables ? { tables: suite.tables } : {}),
    ...(suite.cost && stage.target !== 'reference'
      ? { cost: { ...suite.cost, plannedMinutes: minutesOf(toAgent(plans)) } }
      : {}),
    calls: plans.map(({ id }) => ({ id, plan: id })),
  };
}

/** The id of something that begins at `startedAt`, e.g. `demo-20261125-031500`. */
const stamped = (name: string, startedAt: string): string =>
  `${name}-${startedAt.replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)}`;

/** The id of a matrix of a suite that begins now. */
export const matrixId = (suite: Pick<Suite, 'name'>): string => stamped(suite.name, wallTime());

/** Minutes that calls may last at most; not rounded. */
const minutesOf = (plans: readonly Plan[]): number => plans.reduce((sum, { maxMs }) => sum + maxMs, 0) / 60_000;

const mark = (words: readonly string[]): string =>
  words.map((word) => `-${word.replaceAll(/[^\w.-]+/g, '_')}`).join('');

const host = (): RunHost => ({
  platform: platform(),
  arch: arch(),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
});

function versions(): Readonly<Record<string, string>> {
  const own = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  return { hangup: own.version, node: process.versions.node, detector: DETECTOR, ...own.dependencies };
}

/** The files of the models on this machine that the agent hears and speaks with, and that write down what it said. */
function modelVersions(names: readonly (string | undefined)[]): Readonly<Record<string, string>> {
  const found = names.flatMap((text) => {
    const named = engineName(text ?? '');
    const family = FAMILIES.get(named.engine);
    const model = family && wantedModel(family, named);
    const there = model && findModel(model);
    return there ? [[model.name, modelVersion(there)] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Where package.json is: the checkout, or the folder around `dist`. */
const packageRoot = (): string => (projectRoot.endsWith('dist') ? join(projectRoot, '..') : projectRoot);

function gitCommit(): string | undefined {
  try {
    const git = (...words: string[]): string =>
      execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+changes');
  } catch {
    return undefined;
  }
}
