import { counted } from '../../../metrics/gate/observed.ts';
import { kaplanMeier } from '../../../metrics/statistics/km.ts';
import type { Duration } from '../../../metrics/statistics/km.ts';
import { several } from '../../words.ts';
import { placed, thinned, thinnedText } from '../charts/dots.ts';
import type { Placed } from '../charts/dots.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';
import { overspent } from '../../tables/budget.ts';
import { shown } from '../read-model.ts';
import { stageBudget } from './latency/stages.ts';
import { soundOrSubstance } from './latency/substance.ts';

/** Lines worth drawing: people's own pace, the industry's "natural", and where a caller starts again. */
const MARKS = [200, 800, 2000];

interface Reply extends Duration {
  readonly call_id: string;
  readonly persona: string;
  readonly scenario: string;
  readonly place: string;
  readonly line: string;
  readonly class: string;
  readonly at_ms: number;
}

const page: SitePage = {
  title: 'Latency',
  asks: 'How long does a caller wait for a reply?',
  order: 2,
  render: async (site, draw) => {
    const replies = await site.rows<Reply>(
      `SELECT call_id, persona, scenario, place, line, class, value, censored, at_ms FROM observations
       WHERE run_id = $run AND metric = 'turn_latency' ORDER BY call_id, at_ms`,
    );
    if (replies.length === 0) return undefined;
    const calls = counted(site.run.calls);
    return html`${budgetTable(site)} ${waiting(replies, draw)} ${everyReply(replies, site, draw)}
    ${soundOrSubstance(calls, draw)} ${spread(replies)} ${stageBudget(calls, site, draw)} ${await stages(site, draw)}
    ${slowest(replies, site)}`;
  },
};

export default page;

/** Where the suite has a latency budget, who overspent it. */
function budgetTable({ run }: SiteData): Html {
  const budget = overspent(run.manifest.gates ?? [], counted(run.calls));
  return budget
    ? html`<h2>${budget.asks}</h2>
        ${shown(budget)} ${budget.remarks.map((remark) => html`<p>${remark}</p>`)}`
    : html``;
}

function waiting(replies: readonly Reply[], draw: Draw): Html {
  const { Plot } = draw;
  const curve = kaplanMeier(replies);
  const steps = [{ at: 0, share: 1 }, ...curve.steps.map(({ at, survival }) => ({ at, share: survival }))];
  const p50 = curve.quantile(0.5);
  return draw(
    {
      asks: 'After how long are how many callers still waiting?',
      says: `Kaplan-Meier curve over ${several(replies.length, 'reply', 'replies')}, ${curve.censored} of them never heard; median ${p50 === undefined ? 'not reached' : `${Math.round(p50)} ms`}. Grey: about 200 ms, the pace of people; dashed: 800 ms and 2 s, where callers notice and where they start again.`,
    },
    {
      height: 320,
      x: { label: 'ms after her last audible sound', domain: [0, Math.max(2100, ...steps.map(({ at }) => at))] },
      y: { label: '% still waiting', percent: true, domain: [0, 100], grid: true },
      marks: [
        Plot.rectY([{}], { x1: 100, x2: 300, y1: 0, y2: 1, fill: 'currentColor', fillOpacity: 0.12 }),
        Plot.ruleX(MARKS.slice(1), { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.6 }),
        Plot.line(steps, { x: 'at', y: 'share', curve: 'step-after', stroke: 'var(--agent)', strokeWidth: 2.5 }),
      ],
    },
  );
}

/** Of a caller, px. */
const ROW = 54;

function everyReply(replies: readonly Reply[], { callLink }: SiteData, draw: Draw): Html {
  const { Plot } = draw;
  const callers = new Set(replies.map(({ persona }) => persona)).size;
  const value = (reply: Reply): number => reply.value;
  const reach = replies.reduce((most, reply) => Math.max(most, reply.value), 0);
  const dots = placed(thinned(replies, value), ({ persona }) => persona, value, reach, ROW);
  return draw(
    {
      asks: 'Who waits longer than others?',
      says: `Every reply as a dot, in ms, by caller; hollow: she was still waiting when it ended. A dot leads to its call. ${several(replies.length, 'reply', 'replies')}, ${several(callers, 'caller')}.${thinnedText(replies.length)}`,
    },
    {
      height: 60 + ROW * callers,
      marginLeft: 140,
      x: { label: 'ms', grid: true, zero: true },
      y: { axis: null, domain: [-1.2, 1.2] },
      fy: { label: null },
      marks: [
        Plot.ruleX(MARKS.slice(1), { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.6 }),
        Plot.dot(dots, {
          x: ({ one }: Dot) => one.value,
          y: 'offset',
          fy: ({ one }: Dot) => one.persona,
          r: 4.5,
          fill: ({ one }: Dot) => (one.censored ? 'none' : 'var(--agent)'),
          stroke: 'var(--agent)',
          href: ({ one }: Dot) => callLink(one.call_id, one.at_ms),
          title: ({ one }: Dot) =>
            `${one.call_id}: ${one.censored ? 'none after' : ''} ${Math.round(one.value)} ms (${one.class})`,
        }),
      ],
    },
  );
}

type Dot = Placed<Reply>;

const GROUPS = ['persona', 'scenario', 'place', 'line'] as const;

function spread(replies: readonly Reply[]): Html {
  const rows = GROUPS.flatMap((group) => {
    const values = Map.groupBy(replies, (reply) => reply[group]);
    if (values.size < 2 && group !== 'line') return [];
    return [...values].map(([name, own]) => {
      const curve = kaplanMeier(own);
      const { low, high } = curve.interval(0.5);
      return {
        cells: [`${group} ${name}`, own.length, ms(curve.quantile(0.5)), `${ms(low)} to ${ms(high)}`, curve.censored],
      };
    });
  });
  return html`<h2>Does it depend on who calls, why and from where?</h2>
    ${table(['', 'replies', 'median', '95 % interval', 'never heard'], rows)}`;
}

const ms = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? 'not reached' : `${Math.round(value)} ms`;

async function stages(site: SiteData, draw: Draw): Promise<Html> {
  const rows = await site.rows<{ stage: string; n: number; p50: number; p95: number }>(
    `SELECT stage, count(*)::INTEGER AS n, quantile_cont(lasted_ms, 0.5) AS p50, quantile_cont(lasted_ms, 0.95) AS p95
     FROM stages JOIN calls USING (run_id, call_id) WHERE run_id = $run AND NOT metronome GROUP BY stage ORDER BY stage`,
  );
  if (rows.length === 0) return html``;
  const { Plot } = draw;
  return html`${draw(
    {
      asks: 'Where does the agent say its time goes?',
      says: `Median of each stage as the agent reports it, in ms; thin: its 95th percentile. Claims explain the wire's figures and never replace them.`,
    },
    {
      height: 40 + 34 * rows.length,
      marginLeft: 140,
      x: { label: 'ms', grid: true },
      y: { label: null },
      marks: [
        Plot.ruleY(rows, { y: 'stage', x1: 0, x2: 'p95', stroke: 'var(--agent)' }),
        Plot.barX(rows, {
          y: 'stage',
          x: 'p50',
          fill: 'var(--agent)',
          title: ({ stage, n, p50, p95 }) =>
            `${stage}: median ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms, n ${n}`,
        }),
      ],
    },
  )}`;
}

const SLOWEST = 8;

function slowest(replies: readonly Reply[], { callLink }: SiteData): Html {
  const worst = replies.toSorted((a, b) => b.value - a.value).slice(0, SLOWEST);
  const rows = worst.map((reply) => ({
    cells: [
      html`<a href="${{ html: callLink(reply.call_id, reply.at_ms) }}">${reply.call_id}</a>`,
      `${reply.censored ? 'more than ' : ''}${Math.round(reply.value)} ms`,
      reply.class,
    ],
  }));
  return html`<h2>Which waits were the longest?</h2>
    ${table(['call', 'waited', 'after'], rows)}`;
}
