import type { Proposal, Unproposed } from '../metrics/gate/propose.ts';
import { questionOf } from './questions.ts';
import { inUnit, several, span, whichOf } from './words.ts';

/** Proposed bounds as the `gates` of a suite file, to paste, each with what it stands on; and what could not be proposed. */
export function proposalText(
  runs: readonly string[],
  target: string,
  { proposals, left }: { readonly proposals: readonly Proposal[]; readonly left: readonly Unproposed[] },
): string {
  return [
    `// Proposed from ${several(runs.length, 'run')} of ${oneLine(target)}: ${runs.map(oneLine).join(', ')}.`,
    '// A run of the same size by the same agent stays inside them; tighten those that matter more to you than this agent does.',
    'gates: [',
    ...proposals.flatMap(proposed),
    '],',
    ...(left.length > 0 ? ['// Not proposed:'] : []),
    ...left.map(({ metric, of, why }) => `//   ${metric} ${of}: ${why}`),
  ].join('\n');
}

/** A text that stays inside its comment. */
const oneLine = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');

function proposed({ bound: { metric, of, limit }, unit, measured }: Proposal): readonly string[] {
  const { value, low, high, n } = measured;
  const which = of === 'rate' ? '' : `${whichOf(of)} `;
  return [
    `  // ${questionOf(metric).asks}: ${which}${inUnit(value, unit)} (${span(low, high, unit)}), n ${n}`,
    `  { metric: '${metric}', of: '${of}', limit: ${limit}, on: 'estimate' },`,
  ];
}
