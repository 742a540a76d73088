import { engineText } from '../../../compare/arms.ts';
import { counted } from '../../../../metrics/gate/observed.ts';
import { quantile } from '../../../../metrics/statistics/quantile.ts';
import type { RunReport } from '../../../report.ts';
import { inUnit } from '../../../words.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';

/** The stages of a reply that an engine stands for, in the order in which she waits for them. */
const STAGES = ['ear', 'brain', 'voice'] as const;

/** What each run's agent was made of, and the median its stage claims; nothing where all are the usual agent. */
export function madeOf(runs: readonly RunReport[], nameOf: (run: RunReport) => string): Html {
  if (runs.every(({ manifest }) => manifest.makeup === undefined)) return html``;
  const rows = runs.map((run) => ({
    cells: [nameOf(run), ...STAGES.map((stage) => stageCell(run, stage)), replyCell(run)],
  }));
  return html`<h2>Which model takes how long?</h2>
    <p class="aside">
      What each stage was made of, with the median time that the agent claims for it; the reply is measured on the wire.
      A time that was drawn instead of spent is called simulated.
    </p>
    ${table(['', ...STAGES, 'reply, median'], rows)}`;
}

const median = (run: RunReport, metric: string): string => {
  const values = counted(run.calls).flatMap(({ scores }) => scores.filter((score) => score.metric === metric));
  const middle = quantile(
    values.map(({ value }) => value),
    0.5,
  );
  return middle === undefined ? 'not claimed' : inUnit(middle, 'ms');
};

const stageCell = (run: RunReport, stage: (typeof STAGES)[number]): string =>
  `${engineText(run.manifest.makeup ?? {}, stage)}: ${median(run, `stage_${stage}`)}`;

const replyCell = ({ metrics }: RunReport): string => {
  const { p50 } = metrics['turn_latency'] ?? {};
  return p50 === undefined ? 'not reached' : inUnit(p50, 'ms');
};
