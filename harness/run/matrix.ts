import { UsageError } from '../model/errors.ts';
import { EMBEDDED, ENGINE_STAGES } from '../model/makeup.ts';
import type { Makeup } from '../model/makeup.ts';
import type { Matrix } from '../model/matrix.ts';
import { readSimulated } from '../model/simulated.ts';

/** One combination of a matrix. */
export interface MatrixArm {
  /** What tells it from the others, and whatever is simulated in it. */
  readonly name: string;
  readonly makeup: Makeup;
}

/** The axes of a matrix that change what the agent is made of. */
export const MATRIX_AXES = [...ENGINE_STAGES, 'simulate'] as const;

type Axis = (typeof MATRIX_AXES)[number];

/** Says that nothing is simulated. */
const NONE = 'none';

/**
 * Every combination of what a matrix names, each beside what the agent is made of anyway; a whole agent takes the place of
 * all the others. Throws UsageError where there are fewer than two, and for a time that cannot be read.
 */
export function armsOfMatrix(matrix: Matrix, usual: Makeup = {}): readonly MatrixArm[] {
  const axes = MATRIX_AXES.filter((axis) => axis !== 'whole' && matrix[axis] !== undefined);
  const staged = axes.length === 0 ? [] : combinations(matrix, axes, usual);
  const whole = (matrix.whole ?? []).map((engine): Makeup => ({ whole: engine }));
  const arms = [...staged, ...whole].map((makeup) => ({ name: nameIn(matrix, makeup), makeup }));
  const twice = arms.find(({ name }, index) => arms.findIndex((arm) => arm.name === name) !== index);
  if (twice) throw new UsageError(`the matrix names ${twice.name} twice; leave one of them out`);
  if (arms.length >= 2) return arms;
  throw new UsageError(
    'a matrix needs two combinations or more; name two engines or two times of a stage, e.g. simulate=brain=350,brain=900',
  );
}

const combinations = (matrix: Matrix, axes: readonly Axis[], usual: Makeup): readonly Makeup[] =>
  axes.reduce<readonly Makeup[]>(
    (made, axis) => made.flatMap((makeup) => (matrix[axis] ?? []).map((value) => withValue(makeup, axis, value))),
    [stagesOf(usual)],
  );

const stagesOf = ({ whole: _taken, ...stages }: Makeup): Makeup => stages;

function withValue(makeup: Makeup, axis: Axis, value: string): Makeup {
  if (axis === 'simulate') {
    const { simulate: _before, ...engines } = makeup;
    const words = value === NONE ? [] : value.split(/\s+/).filter(Boolean);
    readSimulated(words);
    return words.length > 0 ? { ...engines, simulate: words } : engines;
  }
  const { [axis]: _before, ...others } = makeup;
  // The embedded one is what is there anyway.
  return axis !== 'whole' && value === EMBEDDED[axis] ? others : { ...others, [axis]: value };
}

/** By every stage of which the matrix names an engine, and by what is simulated. */
function nameIn(matrix: Matrix, makeup: Makeup): string {
  if (makeup.whole !== undefined) return `whole ${makeup.whole}`;
  const engines = (['ear', 'brain', 'voice'] as const)
    .filter((stage) => matrix[stage] !== undefined)
    .map((stage) => `${stage} ${makeup[stage] ?? EMBEDDED[stage]}`);
  const { simulate = [] } = makeup;
  const nothing = matrix.simulate === undefined ? [] : ['nothing simulated'];
  return [...engines, ...(simulate.length > 0 ? [`simulated: ${simulate.join(', ')}`] : nothing)].join(', ');
}

/** A matrix as a suite writes it. Throws UsageError, by `wrong`, for one that cannot be tried. */
export function checkedMatrix(matrix: Matrix, wrong: (what: string) => UsageError): Matrix {
  const known: readonly string[] = [...MATRIX_AXES, 'seeds'];
  const strange = Object.keys(matrix).find((axis) => !known.includes(axis));
  if (strange !== undefined) throw wrong(`has a matrix of "${strange}"; it may be of ${known.join(', ')}`);
  for (const axis of MATRIX_AXES) {
    const values: unknown = matrix[axis];
    if (values === undefined || (Array.isArray(values) && values.every((value) => typeof value === 'string'))) continue;
    throw wrong(`has a matrix whose ${axis} is no list of texts; write ${axis}: ['...', '...']`);
  }
  if (!(matrix.seeds ?? []).every((seed) => Number.isInteger(seed) && seed >= 0)) {
    throw wrong('has a matrix whose seeds are no whole numbers; write seeds: [1, 2, 3]');
  }
  armsOfMatrix(matrix);
  return matrix;
}

/**
 * A matrix from words of a command line, `AXIS=VALUE,VALUE`; a comma within brackets parts nothing. Throws UsageError for
 * an axis there is not, one named twice, and a seed that is no number.
 */
export function readMatrix(words: readonly string[]): Matrix {
  const found: { -readonly [axis in keyof Matrix]: Matrix[axis] } = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const name = word.slice(0, at);
    const values = word
      .slice(at + 1)
      .split(/,(?![^(]*\))/)
      .filter(Boolean);
    const axis = MATRIX_AXES.find((known) => known === name);
    if (at < 0 || values.length === 0 || (!axis && name !== 'seeds')) {
      throw new UsageError(
        `--matrix takes ${[...MATRIX_AXES, 'seeds'].join(', ')} with what is tried, e.g. brain=rules,openai:gpt-4o-mini, not "${word}"`,
      );
    }
    if (found[axis ?? 'seeds']) throw new UsageError(`--matrix names ${name} twice; write all its values in one list`);
    if (axis) found[axis] = values;
    else found.seeds = values.map(seedOf);
  }
  return found;
}

function seedOf(value: string): number {
  const seed = Number(value);
  if (Number.isInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--matrix takes seeds that are whole numbers, e.g. seeds=1,2,3, not "${value}"`);
}
