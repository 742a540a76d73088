import type { CallEvent } from '../../model/record.ts';
import { ms } from '../../model/time.ts';
import type { Ms } from '../../model/time.ts';
import type { Dialect } from './dialect.ts';
import genai from './dialects/genai.ts';
import livekit from './dialects/livekit.ts';
import ours from './dialects/ours.ts';
import pipecat from './dialects/pipecat.ts';
import { offsetOf, SKEWED_MS } from './skew.ts';
import type { Offset } from './skew.ts';
import type { OtlpSpan } from './span.ts';

/** Frameworks use the general conventions too: theirs come last. */
const DIALECTS: readonly Dialect[] = [ours, livekit, pipecat, genai];

/** What every reply goes through; a stage nobody tells is said to be not reported. */
const STAGES = ['endpointing', 'ear', 'brain', 'voice'] as const;

type Said = Extract<CallEvent, { kind: 'said' }>;
type Claimed = Extract<CallEvent, { kind: 'claim' }>;

/** So long before her end a stage of the reply may begin, by an agent that thinks ahead, ms. */
const AHEAD_MS = 1000;

/**
 * What a call's spans claim, as events on our clock, and one that says what came of them: by which dialect, how far the
 * agent's clock was off, and of how many of her turns each stage was reported. `zero` is our clock's zero in Unix ms. A
 * clock beyond the bound is moved, so that stages lie where they belong; no difference across it means anything.
 */
export function eventsOf(
  spans: readonly OtlpSpan[],
  caller: readonly CallEvent[],
  zero: number,
  now: Ms,
): readonly CallEvent[] {
  const dialect = DIALECTS.find((one) => one.speaks(spans));
  if (!dialect) return [];
  const { claims, anchors } = dialect.read(spans);
  const lines = caller.filter((event) => event.kind === 'said').filter(({ desk }) => !desk);
  const offset = offsetOf(
    anchors.filter(({ of }) => of === 'speech-end').map(({ at }) => at - zero),
    lines.map(({ end }) => end),
  );
  const skewed = offset !== undefined && Math.abs(offset.offsetMs) > SKEWED_MS;
  const back = zero + (skewed ? offset.offsetMs : 0);
  const told = claims.map(({ startMs, endMs, ...claim }): Claimed => {
    const [from, to] = [startMs - back, endMs - back];
    return {
      source: 'claim',
      kind: 'claim',
      at: ms(to),
      claim: { ...claim, startMs: from, endMs: to },
      by: dialect.name,
    };
  });
  return [...told, summary(spans, told, lines, { by: dialect.name, at: now, offset, skewed })];
}

function summary(
  spans: readonly OtlpSpan[],
  told: readonly Claimed[],
  lines: readonly Said[],
  { by, at, offset, skewed }: { by: string; at: Ms; offset: Offset | undefined; skewed: boolean },
): CallEvent {
  const reported = STAGES.map((stage) => [stage, lines.filter((_, i) => isReported(stage, told, lines, i)).length]);
  return {
    source: 'claim',
    kind: 'spans',
    at,
    by,
    spans: spans.length,
    turns: lines.length,
    reported: Object.fromEntries(reported) as Record<string, number>,
    ...(offset ? { offsetMs: offset.offsetMs, spreadMs: offset.spreadMs } : {}),
    clock: offset === undefined ? 'unknown' : skewed ? 'skewed' : 'ours',
  };
}

/** Whether the stage was told for the reply to line `i`: one that begins about her end, before her next. */
function isReported(stage: string, told: readonly Claimed[], lines: readonly Said[], i: number): boolean {
  const [from, to] = [lines[i]?.end ?? 0, lines[i + 1]?.end ?? Infinity];
  return told.some(
    ({ claim }) =>
      claim.what === 'stage' &&
      claim.name === stage &&
      claim.startMs >= from - AHEAD_MS &&
      claim.startMs < to - AHEAD_MS &&
      claim.endMs > from,
  );
}
