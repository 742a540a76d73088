import { agentText } from './agent.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';
import { spentCost } from './cost.ts';
import { failuresOf } from './failures.ts';
import { callFolderOf } from './replay.ts';
import { reviewsOf, reviewText } from './reviews.ts';
import { exactness, sentence } from './sentence.ts';
import { html } from './site/html.ts';
import type { Html } from './site/html.ts';
import { table } from './site/table.ts';
import { causeText, summaryRows } from './text.ts';

/** The verdict in two words. */
const WORD = { pass: 'Ship', fail: 'Do not ship', inconclusive: 'Too early to say', invalid: 'No verdict' } as const;

/** Calls named at most. */
const NAMED = 30;

/** The run as one HTML file without a script or anything to load, for an e-mail or as an artifact of a pipeline. */
export function htmlSummary(report: RunReport): string {
  const { manifest } = report;
  const reviews = reviewsOf(report.calls);
  const body = html`<main>
    ${verdictCard(report)} ${causes(report)} ${toHear(report)} ${unseen(report)}
    <h2>How exact was the instrument?</h2>
    <p>${exactness(report)}</p>
    ${reviews ? html`<p>${reviewText(reviews)}.</p>` : html``}
    ${manifest.cost ? html`<p>Cost: ${spentCost(manifest.cost)}.</p>` : html``}
    <p class="about">Run ${manifest.id}, seed ${manifest.seed}, Hangup ${manifest.versions['hangup'] ?? ''}.</p>
  </main>`;
  return page(`Hangup: ${WORD[report.verdict]}`, body);
}

/** The verdict card alone, as a page to be photographed. */
export const cardPage = (report: RunReport): string => page('Hangup', verdictCard(report));

const page = (title: string, body: Html): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html`${title}`.html}</title>
<style>${STYLE}</style></head>
<body>${body.html}</body>
</html>
`;

/** Ship or not, why, and what was asked. */
function verdictCard(report: RunReport): Html {
  const { manifest, verdict } = report;
  const rows = summaryRows(report).map(({ question, measured, bound, n, verdict: mark }) => ({
    mark,
    cells: [question, measured, bound, n, mark],
  }));
  return html`<section class="card ${verdict}">
    <p class="about">
      ${manifest.suite} over ${manifest.line} (${manifest.time} time) to ${agentText(manifest)},
      ${manifest.startedAt.slice(0, 16).replace('T', ' ')} UTC
    </p>
    <h1>${WORD[verdict]}</h1>
    <p class="why">${sentence(report).replace(`${WORD[verdict]}: `, '')}</p>
    ${table(['question', 'measured (95 % interval)', 'bound', 'n', 'verdict'], rows)}
  </section>`;
}

function causes(report: RunReport): Html {
  const groups = failuresOf(report);
  if (groups.length === 0) return html``;
  const rows = groups.map(({ cause, state, calls }) => ({
    mark: state === 'fixed' ? 'ok' : 'FAIL',
    cells: [causeText(cause), state ?? '', calls.length, calls.slice(0, NAMED).join(', ')],
  }));
  return html`<h2>What went wrong, by cause?</h2>
    ${report.before ? html`<p>Since ${report.before.id}, the last run of this suite and agent.</p>` : html``}
    ${table(['cause', 'state', 'calls', 'which'], rows)}`;
}

function toHear(report: RunReport): Html {
  const calls = agentCalls(report).filter(({ outcome }) => outcome === 'failed' || outcome === 'invalid');
  if (calls.length === 0) return html``;
  const rows = calls.slice(0, NAMED).map(({ head, outcome, reasons }) => ({
    mark: outcome === 'failed' ? 'FAIL' : 'open',
    cells: [head.id, outcome, reasons.join('; '), `${callFolderOf(report, head.id)}/audio.wav`],
  }));
  return html`<h2>Which calls should be heard?</h2>
    ${table(['call', 'outcome', 'why', 'recording'], rows)}
    ${calls.length > NAMED ? html`<p>and ${calls.length - NAMED} more.</p>` : html``}`;
}

function unseen({ metrics }: RunReport): Html {
  const blind = Object.entries(metrics).filter(([, { notSeen }]) => notSeen);
  if (blind.length === 0) return html``;
  return html`<h2>What could this run not see?</h2>
    <ul>
      ${blind.map(([name, { notSeen = [] }]) => html`<li>${name.replaceAll('_', ' ')}: needs the ${notSeen.join(' and the ')}</li>`)}
    </ul>`;
}

/** Colours that colour-blind readers tell apart; a word always says the same. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#d0d7de;--quiet:#57606a;--good:#0b6e8a;--bad:#b3400c;--open:#7a5c00}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--quiet:#9aa4af;--good:#58c4dd;--bad:#ff9a62;--open:#e3b341}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0}
main{max-width:60rem;margin:0 auto;padding:1rem}
.card{border-left:.6rem solid var(--open);padding:.5rem 1.5rem 1rem;background:var(--paper)}
.card.pass{border-color:var(--good)}.card.fail{border-color:var(--bad)}
h1{font-size:2.2rem;margin:.2rem 0}.pass h1{color:var(--good)}.fail h1{color:var(--bad)}
h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
.about{color:var(--quiet);margin:.2rem 0;font-size:.9rem}.why{font-size:1.1rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600}tr.FAIL td:last-child{color:var(--bad);font-weight:600}tr.ok td:last-child{color:var(--good)}
@media print{.card{break-inside:avoid}}`;
