import { needsInWords } from '../../../metrics/gate/evidence.ts';
import { agentCalls } from '../../report.ts';
import type { RunReport } from '../../report.ts';
import { spentCost } from '../../cost.ts';
import { causeOf, failuresOf } from '../../failures.ts';
import { questionOf } from '../../questions.ts';
import { reviewsOf, reviewText } from '../../reviews.ts';
import { exactness, sentence } from '../../sentence.ts';
import { causeText, readinessText, summaryRows } from '../../text.ts';
import { inUnit } from '../../words.ts';
import type { SiteData } from '../data.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { instantOf, withInstants } from '../instants.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

const page: SitePage = {
  title: 'Verdict',
  asks: 'Ship it?',
  order: 1,
  render: async (site) =>
    Promise.resolve(
      html`<p class="verdict ${site.run.verdict}">${withInstants(sentence(site.run), site.callLink)}</p>
        ${readiness(site.run)} ${questions(site.run)} ${changes(site)} ${causes(site)} ${worst(site)}
        ${unseen(site.run)}
        <h2>How exact was the instrument?</h2>
        <p>${exactness(site.run)}</p>
        ${reviewed(site.run)}
        ${site.run.manifest.cost ? html`<p>Cost: ${spentCost(site.run.manifest.cost)}.</p>` : html``}`,
    ),
};

export default page;

const WORDS = { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive' } as const;

const MARK = { yes: 'pass', no: 'fail', open: '' } as const;

/** Which classes of calls the agent may take, by what is at stake in them, and at which evidence. */
function readiness(report: RunReport): Html {
  const rows = report.readiness.map((each) => ({
    mark: MARK[each.verdict],
    cells:
      each.n === 0
        ? [each.stakes, 'open', each.why, '']
        : [each.stakes, each.verdict, readinessText(each), each.evidence.join(', ')],
  }));
  return html`<h2>Which calls may it take?</h2>
    ${table(['stakes', 'ready', 'on what evidence (95 % interval)', 'seen by'], rows)}`;
}

function questions(report: RunReport): Html {
  const rows = summaryRows(report).map(({ question, measured, bound, n, verdict }) => ({
    mark: verdict,
    cells: [question, measured, bound, n, verdict],
  }));
  return html`<h2>What was asked</h2>
    ${table(['question', 'measured (95 % interval)', 'bound', 'n', 'verdict'], rows)}
    <p class="aside">
      ${WORDS.pass}: the interval is within the bound. ${WORDS.fail}: it is outside. Open: these calls cannot tell.
    </p>`;
}

/** The gates' figures beside those of the next run that was named. */
function changes({ run, runs: [, baseline] }: SiteData): Html {
  if (!baseline) return html``;
  const rows = run.gates.flatMap((gate) => {
    const before = baseline.gates.find(({ name }) => name === gate.name);
    const unit = run.metrics[gate.metric]?.unit ?? 'count';
    if (before?.value === undefined || gate.value === undefined) return [];
    return [
      {
        mark: '',
        cells: [gateName(gate), inUnit(before.value, unit), inUnit(gate.value, unit), before.verdict, gate.verdict],
      },
    ];
  });
  return html`<h2>What changed since ${baseline.manifest.id}?</h2>
    ${table(['gate', 'before', 'now', 'verdict before', 'verdict now'], rows)}
    <p><a href="./compare.html">Compare the two runs</a></p>`;
}

/** What a gate asks, and its limit. */
const gateName = ({ metric, name }: RunReport['gates'][number]): string =>
  `${questionOf(metric).asks}: ${name.replace(metric, '').trim()}`;

/** How many calls of a cause are named. */
const NAMED = 6;

/** What failed, by cause: new, known, or fixed since the last run. */
function causes({ run, callLink }: SiteData): Html {
  const groups = failuresOf(run);
  if (groups.length === 0) return html``;
  const rows = groups.map(({ cause, state, calls, newCalls }) => ({
    mark: state === 'fixed' ? 'pass' : 'fail',
    cells: [
      html`${causeText(cause)}${said(run, cause, calls[0])}`,
      ...(run.before ? [state ?? ''] : []),
      `${calls.length}${state === 'known' && newCalls.length > 0 ? `, ${newCalls.length} new` : ''}`,
      html`${calls.slice(0, NAMED).map((call) => html`<a href="${{ html: callLink(call, instantOf(reasonFor(run, cause, call))) }}">${call}</a> `)}
      ${calls.length > NAMED ? `and ${calls.length - NAMED} more` : ''}`,
    ],
  }));
  return html`<h2>What went wrong, by cause?</h2>
    ${run.before ? html`<p>New, known or fixed since ${run.before.id}, the last run of this suite and agent.</p>` : html``}
    ${table(['cause', ...(run.before ? ['state'] : []), 'calls', 'which'], rows)}`;
}

const reasonFor = ({ calls }: RunReport, cause: string, call: string | undefined): string =>
  calls.find(({ head }) => head.id === call)?.reasons.find((reason) => causeOf(reason) === cause) ?? '';

/** What happened in one call of a cause that is a metric's name. */
function said(run: RunReport, cause: string, call: string | undefined): Html {
  const [, words = ''] = /^[a-z_]+: (.*?)(?: \(hear [^)]*\))?$/.exec(reasonFor(run, cause, call)) ?? [];
  return words === '' ? html`` : html`<br /><small>${words}</small>`;
}

/** What people who listened thought. */
function reviewed({ calls }: RunReport): Html {
  const reviews = reviewsOf(calls);
  return reviews ? html`<p>${reviewText(reviews)}.</p>` : html``;
}

const RANK = { failed: 0, invalid: 1, passed: 2, 'not-run': 3 } as const;
const SHOWN = 12;
/** Reasons of a call that are told here. */
const REASONS = 5;

function worst({ run, callLink }: SiteData): Html {
  const calls = agentCalls(run).toSorted((a, b) => RANK[a.outcome] - RANK[b.outcome]);
  const listed = calls.slice(0, SHOWN);
  return html`<h2>Hear for yourself</h2>
    <ul class="calls">
      ${listed.map(
        (call) =>
          html`<li class="${call.outcome}">
            <a href="${{ html: callLink(call.head.id, instantOf(call.reasons[0] ?? '')) }}">${call.head.id}</a>
            <b>${call.outcome === 'not-run' ? 'not run' : call.outcome}</b>
            ${call.reasons
              .slice(0, REASONS)
              .map((reason) => html`<br />${withInstants(reason, callLink, call.head.id)}`)}
            ${call.reasons.length > REASONS ? html`<br />${call.reasons.length - REASONS} more` : ''}
          </li>`,
      )}
    </ul>
    ${calls.length > listed.length ? html`<p>${calls.length - listed.length} more on the page of <a href="./data.html">data</a>.</p>` : html``}`;
}

function unseen({ metrics }: RunReport): Html {
  const blind = Object.entries(metrics).filter(([, { notSeen }]) => notSeen);
  if (blind.length === 0) return html``;
  return html`<h2>What could this run not see?</h2>
    <ul>
      ${blind.map(([name, { notSeen = [] }]) => html`<li>${name.replaceAll('_', ' ')}: needs ${needsInWords(notSeen)}</li>`)}
    </ul>`;
}
