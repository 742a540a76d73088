import { z } from 'zod';
import { COMPARED_BY } from './arms.ts';
import type { ArmFigure, Comparison } from './comparison.ts';
import type { Difference } from './difference.ts';
import { rankingSentences } from './text.ts';

const difference = z
  .object({
    value: z.number().nullable().describe('this arm minus the first; null where it was not reached'),
    low: z.number().nullable().describe('of the 95 % bootstrap interval over calls; null where it cannot be told'),
    high: z.number().nullable(),
    calls: z.array(z.int()).length(2).describe('in which it was observed: of the first arm, and of this one'),
    paired: z.boolean().describe('calls by the same plan were held against each other'),
    found: z.enum(['better', 'worse', 'not told apart']),
  })
  .describe('left out for the first arm, and where a side has too few observations');

/** `hangup.compare/1`: what `compare`, and `run` of a matrix, print with --json. More fields may follow; these stay. */
export const compareDocument = z.object({
  schema: z.literal('hangup.compare/1'),
  by: z.enum(COMPARED_BY).optional().describe('what the runs were sorted by; left out: by matrix and run'),
  timing: z.string().describe('exact or approximate: the class of every line that was called over'),
  arms: z
    .array(
      z.object({
        name: z.string(),
        runs: z.array(z.string()),
        time: z.array(z.enum(['real', 'virtual'])),
        calls: z.int().nonnegative().describe('that count: neither invalid nor left out, nor to the metronome'),
      }),
    )
    .describe('the fastest first'),
  figures: z.array(
    z.object({
      metric: z.string(),
      of: z.enum(['p50', 'p95', 'rate']),
      unit: z.string(),
      better: z.enum(['lower', 'higher']),
      arms: z
        .array(
          z.object({
            arm: z.string(),
            n: z.int().nonnegative(),
            value: z.number().nullable().describe('null where it was not reached, or too little was observed'),
            low: z.number().nullable().describe('of the 95 % interval; null where it is open'),
            high: z.number().nullable(),
            difference: difference.optional(),
          }),
        )
        .describe('in the order of the arms'),
    }),
  ),
  ranking: z
    .array(
      z.object({
        arm: z.string(),
        value: z.number().nullable(),
        toFirst: difference.optional(),
        toPrevious: difference.optional(),
      }),
    )
    .describe('by the median turn latency, the fastest first'),
  says: z.array(z.string()).describe('the ranking in plain words'),
});

export type CompareDocument = z.infer<typeof compareDocument>;

/** The comparison as a checked document. */
export function jsonComparison(comparison: Comparison): CompareDocument {
  const { by, timing, arms, rows, ranking } = comparison;
  return compareDocument.parse({
    schema: 'hangup.compare/1',
    ...(by === undefined ? {} : { by }),
    timing,
    arms: arms.map(({ name, runs, calls }) => ({
      name,
      runs: runs.map(({ manifest }) => manifest.id),
      time: [...new Set(runs.map(({ manifest }) => manifest.time))],
      calls: calls.length,
    })),
    figures: rows.map(({ figure: { bound, unit, better }, arms: figures }) => ({
      metric: bound.metric,
      of: bound.of,
      unit,
      better,
      arms: figures.map((figure, index) => ({ arm: arms[index]?.name ?? '', ...figureDocument(figure) })),
    })),
    ranking: ranking.map(({ arm, value, toFirst, toPrevious }) => ({
      arm: arm.name,
      value: finite(value),
      ...(toFirst ? { toFirst: differenceDocument(toFirst) } : {}),
      ...(toPrevious ? { toPrevious: differenceDocument(toPrevious) } : {}),
    })),
    says: [...rankingSentences(comparison)],
  } satisfies CompareDocument);
}

type FigureDocument = Omit<CompareDocument['figures'][number]['arms'][number], 'arm'>;

const figureDocument = ({ value, difference: found }: ArmFigure): FigureDocument => ({
  n: value?.n ?? 0,
  value: finite(value?.value),
  low: finite(value?.low),
  high: finite(value?.high),
  ...(found ? { difference: differenceDocument(found) } : {}),
});

const differenceDocument = ({
  first,
  other,
  calls,
  paired,
  interval,
  found,
}: Difference): z.infer<typeof difference> => ({
  value: finite(other - first),
  low: finite(interval?.low),
  high: finite(interval?.high),
  calls: [...calls],
  paired,
  found,
});

/** Rounded as everywhere: a hundredth of a ms says nothing, nor does one of a percent of a share. */
const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? Math.round(value * 10_000) / 10_000 : null;
