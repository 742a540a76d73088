import { quantile } from '../../metrics/statistics/quantile.ts';
import type { Summary, Tally } from '../office/otlp/receiver.ts';

/** What a user should know of a run's spans that did not count, or not in full: one sentence each. Pure. */
export function aboutSpans(target: string, url: string, { taken, late, strange, calls }: Tally): readonly string[] {
  if (taken === 0) return [`no span came to ${url}: does ${target} export to it (OTEL_EXPORTER_OTLP_ENDPOINT)?`];
  return [
    ...(late > 0 ? [`${late} of ${taken} spans came too late for their call; raise otlp.graceMs`] : []),
    ...(strange > 0
      ? [
          `${strange} of ${taken} spans are of no call: have the agent go on from the traceparent header, or place one call at a time`,
        ]
      : []),
    ...notReported(calls),
    ...otherClock(calls),
  ];
}

function notReported(calls: readonly Summary[]): readonly string[] {
  const turns = calls.reduce((sum, call) => sum + call.turns, 0);
  const stages = new Set(calls.flatMap(({ reported }) => Object.keys(reported)));
  return [...stages].flatMap((stage) => {
    const known = calls.reduce((sum, { reported }) => sum + (reported[stage] ?? 0), 0);
    if (known === turns) return [];
    return [
      `${stage} is ${known === 0 ? 'not reported' : `reported of ${known} of ${turns} turns`} by the agent's spans`,
    ];
  });
}

function otherClock(calls: readonly Summary[]): readonly string[] {
  const skewed = calls.filter(({ clock }) => clock === 'skewed');
  const unknown = calls.filter(({ clock }) => clock === 'unknown').length;
  const offset = quantile(
    skewed.map(({ offsetMs = 0 }) => offsetMs),
    0.5,
  );
  return [
    ...(offset === undefined
      ? []
      : [
          `in ${skewed.length} of ${calls.length} calls the agent's clock, or its idea of when she ended, is ${Math.round(offset)} ms off ours: its stages were moved by that, and no residual is given`,
        ]),
    ...(unknown > 0
      ? [
          `in ${unknown} of ${calls.length} calls nothing tells how the agent's clock stands to ours: no residual is given`,
        ]
      : []),
  ];
}
