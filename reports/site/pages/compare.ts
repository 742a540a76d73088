import { counted } from '../../../metrics/gate/observed.ts';
import { kaplanMeier } from '../../../metrics/statistics/km.ts';
import type { Duration } from '../../../metrics/statistics/km.ts';
import { runName } from '../../agent.ts';
import { timingsApart } from '../../compare/comparison.ts';
import type { RunReport } from '../../report.ts';
import { summaryText } from '../../text.ts';
import { drawStages, stacked } from '../charts/stages.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';
import { differenceTables } from './compare/differences.ts';
import { madeOf } from './compare/made-of.ts';
import { budgets, medians } from './latency/budget.ts';

const page: SitePage = {
  title: 'Compare',
  asks: 'How do these runs differ?',
  order: 7,
  render: async (site, draw) => {
    if (site.runs.length < 2) return undefined;
    const apart = timingsApart(site.runs);
    if (apart !== undefined)
      return html`${madeOf(site.runs, nameOf)}
        <p>${apart}.</p>`;
    return html`${madeOf(site.runs, nameOf)} ${sideBySide(site.runs)} ${differenceTables(site.runs, nameOf)}
    ${await latencyCurves(site, draw)} ${stagesByRun(site.runs, draw)}`;
  },
};

export default page;

const nameOf = ({ manifest }: RunReport): string => runName(manifest);

function sideBySide(runs: readonly RunReport[]): Html {
  const names = [...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))];
  const seen = names.filter((name) => runs.some(({ metrics }) => (metrics[name]?.n ?? 0) > 0));
  return table(
    ['metric', ...runs.map(nameOf)],
    seen.map((name) => ({
      cells: [
        name.replaceAll('_', ' '),
        ...runs.map(({ metrics }) => {
          const metric = metrics[name];
          return metric && metric.n > 0 ? `${summaryText(metric)}, n ${metric.n}` : 'nothing observed';
        }),
      ],
    })),
  );
}

type Reply = Duration & { readonly run_id: string };

async function latencyCurves({ rows, runs }: SiteData, draw: Draw): Promise<Html> {
  const ids = runs.map(({ manifest }) => `'${manifest.id.replaceAll("'", "''")}'`).join(', ');
  const replies = await rows<Reply>(
    `SELECT run_id, value, censored FROM observations WHERE metric = 'turn_latency' AND run_id IN (${ids})`,
  );
  if (replies.length === 0) return html``;
  const { Plot } = draw;
  const steps = runs.flatMap((run) => {
    const own = replies.filter(({ run_id }) => run_id === run.manifest.id);
    const curve = kaplanMeier(own);
    return [{ at: 0, survival: 1 }, ...curve.steps].map(({ at, survival }) => ({
      run: nameOf(run),
      at,
      answered: 1 - survival,
    }));
  });
  return draw(
    {
      asks: 'Which one answers sooner?',
      says: `Share of ${replies.length} replies heard within so many ms, those never heard counted.`,
    },
    {
      height: 340,
      x: { label: 'ms after her last audible sound' },
      y: { label: '% answered', percent: true, domain: [0, 100], grid: true },
      color: { legend: true, scheme: 'observable10' },
      marks: [Plot.line(steps, { x: 'at', y: 'answered', stroke: 'run', curve: 'step-after', strokeWidth: 2.5 })],
    },
  );
}

/** What a wait is made of in each run whose agent claims its stages; one run alone is on its own page. */
function stagesByRun(runs: readonly RunReport[], draw: Draw): Html {
  const claimed = runs
    .map((run) => ({ name: nameOf(run), all: budgets(counted(run.calls)) }))
    .filter(({ all }) => all.length > 0);
  if (claimed.length < 2) return html``;
  const replies = claimed.map(({ name, all }) => `${all.length} of ${name}`).join(', ');
  return drawStages(
    {
      asks: 'Which stage makes the difference?',
      says: `Median of what each claimed stage takes of a wait, and of what is in no stage, in ms; replies: ${replies}. Medians need not add up to the median wait. Claims explain the wire's figures and never replace them.`,
    },
    claimed.flatMap(({ name, all }) => stacked(name, medians(all))),
    [],
    draw,
  );
}
