import { quantile } from '../../../../metrics/statistics/quantile.ts';
import type { ScoredCall } from '../../../../harness/model/metric.ts';
import { inUnit, several } from '../../../words.ts';
import { drawStages, stacked } from '../../charts/stages.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { budgets, medians, RESIDUAL, slowOne } from './budget.ts';
import type { Budget } from './budget.ts';

const WIRE = 'on the wire';

/** The stages that the agent claims, beside the wait that the wire measured; nothing where it claims none. */
export function stageBudget(calls: readonly ScoredCall[], site: SiteData, draw: Draw): Html {
  const all = budgets(calls);
  const slow = slowOne(all);
  return slow ? html`${usual(all, draw)} ${waterfall(slow, all.length, site, draw)}` : html``;
}

function usual(all: readonly Budget[], draw: Draw): Html {
  const parts = medians(all);
  const wait = quantile(
    all.map(({ reply }) => reply.score.value),
    0.5,
  ) as number;
  const residual = parts.find(({ stage }) => stage === RESIDUAL)?.median ?? 0;
  const named = parts.map(({ stage, median }) => `${stage} ${inUnit(median, 'ms')}`).join(', ');
  return drawStages(
    {
      asks: 'What is a wait made of?',
      says: `Medians over ${several(all.length, 'reply', 'replies')}, in ms: what of the wait is in each stage that the agent claims (${named}), beside the wait as the wire measured it (${inUnit(wait, 'ms')}). ${inUnit(residual, 'ms')} are in no claimed stage. Medians need not add up; an instant in two stages counts for the first.`,
    },
    [...stacked('as the agent claims', parts), { row: 'as the wire has it', stage: WIRE, from: 0, to: wait }],
    [],
    draw,
  );
}

/** One reply, its stages as they are claimed, on the wire's axis. */
function waterfall({ reply, stages, spent }: Budget, n: number, { callLink }: SiteData, draw: Draw): Html {
  const { call, score } = reply;
  const residual = inUnit(spent.get(RESIDUAL) ?? 0, 'ms');
  const chart = drawStages(
    {
      asks: 'Where did one slow reply spend its time?',
      says: `The reply than which 95 % of ${n} are no slower: ${inUnit(score.value, 'ms')}, in ms after her last audible sound (0); her end and its first sound are dashed. Stages are claims, laid on the wire's axis; ${residual} are in none of them.`,
    },
    [
      ...stages.map(({ stage, from, to }) => ({ row: stage, stage, from, to })),
      { row: 'the wait', stage: WIRE, from: 0, to: score.value },
    ],
    [0, score.value],
    draw,
  );
  return html`${chart}
    <p class="aside"><a href="${{ html: callLink(call.head.id, score.at) }}">Hear it in ${call.head.id}</a>.</p>`;
}
