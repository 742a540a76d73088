import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { clockTime } from '../../metrics/turns/observe.ts';

const time = z
  .number({ error: 'must be a number of milliseconds from the start of the file' })
  .nonnegative({ error: 'must not be negative: times count from the start of the file' });

/** What a caller's segment can be. */
export const SEGMENT_KINDS = ['turn', 'interruption', 'backchannel', 'noise', 'pause'] as const;

const segment = z.object({
  startMs: time.describe('first audible instant, ms from the start of the file'),
  endMs: time.describe('last audible instant, ms from the start of the file'),
  kind: z
    .enum(SEGMENT_KINDS, { error: `must be one of ${SEGMENT_KINDS.join(', ')}` })
    .describe(
      'turn: she speaks and wants a reply; interruption: she speaks over the agent and wants the floor; backchannel: mm-hm; noise: a cough, a bang, a far voice; pause: silence she holds inside a turn',
    ),
});

/** `NAME.truth.json`: when the caller of a recording sounded, and what it was. */
export const truthFile = z.object(
  {
    caller: z
      .array(segment, { error: 'must be a list of segments' })
      .min(1, { error: 'lists no segment; without a truth file the caller is detected' })
      .describe('segments in any order; they do not overlap, but a pause lies inside a turn or an interruption'),
  },
  { error: 'must be an object with a member "caller"' },
);

/** A stretch of the caller's, ms from the start of the file. */
export interface Segment {
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: (typeof SEGMENT_KINDS)[number];
}

/** Times written in whole frames or ms may lie this far behind the last sample, ms. */
const ROUNDING_MS = 20;

/**
 * The caller's segments in `file`, by start. Throws UsageError in one sentence when they are no JSON, of other types,
 * reversed, overlapping, or outside a recording of `lengthMs`.
 */
export function readTruth(file: string, lengthMs: number): readonly Segment[] {
  const read = truthFile.safeParse(parsed(file));
  if (!read.success) throw new UsageError(`${file}: ${firstProblem(read.error)}`);
  const segments = read.data.caller;
  segments.forEach((each, i) => {
    const problem = problemOf(each, lengthMs);
    if (problem) throw new UsageError(`${file}: segment ${i + 1} (${spanText(each)}) ${problem}`);
  });
  const sorted = segments.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
  const problem = overlapIn(sorted.filter(({ kind }) => kind !== 'pause')) ?? strayPauseIn(sorted);
  if (problem) throw new UsageError(`${file}: ${problem}`);
  return sorted;
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const hint = /\b(NaN|Infinity)\b/.test(text) ? ' (it holds NaN or Infinity, which JSON has no numbers for)' : '';
    throw new UsageError(
      `${file} is not JSON${hint}; write {"caller": [{"startMs": 0, "endMs": 1000, "kind": "turn"}]}`,
    );
  }
}

/** Zod's first issue with its place, e.g. "segment 2: endMs must be ...". */
function firstProblem({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'is not a truth file';
  const [member, index, field] = issue.path;
  if (member === undefined) return `it ${issue.message}`;
  if (index === undefined) return `"${String(member)}" ${issue.message}`;
  const place = `segment ${Number(index) + 1}`;
  return field === undefined
    ? `${place} must be {startMs, endMs, kind}`
    : `${place}: ${String(field)} ${issue.message}`;
}

function problemOf({ startMs, endMs }: Segment, lengthMs: number): string | undefined {
  if (endMs <= startMs) return 'ends before it begins; startMs must be less than endMs';
  if (endMs <= lengthMs + ROUNDING_MS) return undefined;
  return `lies beyond the end of the recording, which lasts ${Math.floor(lengthMs)} ms; is it another recording's truth?`;
}

function overlapIn(segments: readonly Segment[]): string | undefined {
  for (const [i, next] of segments.entries()) {
    const last = segments[i - 1];
    if (last && next.startMs < last.endMs) {
      return `two segments overlap, ${spanText(last)} and ${spanText(next)}; split or join them`;
    }
  }
  return undefined;
}

function strayPauseIn(segments: readonly Segment[]): string | undefined {
  const pauses = segments.filter(({ kind }) => kind === 'pause');
  const overlapping = overlapIn(pauses);
  if (overlapping) return overlapping;
  const holders = segments.filter(({ kind }) => kind === 'turn' || kind === 'interruption');
  const stray = pauses.find(
    (pause) => !holders.some(({ startMs, endMs }) => startMs <= pause.startMs && pause.endMs <= endMs),
  );
  return stray && `the pause ${spanText(stray)} lies in no turn; a pause is silence she holds inside a turn of hers`;
}

const spanText = ({ kind, startMs, endMs }: Segment): string =>
  `${kind} ${startMs} to ${endMs} ms, at ${clockTime(startMs)}`;
