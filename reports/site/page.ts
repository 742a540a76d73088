import type { Score, ScoredCall } from '../../harness/model/metric.ts';
import { clockTime } from '../../metrics/turns/observe.ts';
import { agentCalls } from '../report.ts';
import type { RunReport } from '../report.ts';
import { sentence } from '../sentence.ts';
import { summaryRows } from '../text.ts';
import { several } from '../words.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** A recording of a call and where the page finds it. */
export interface Player {
  readonly says: string;
  readonly href: string;
}

/** One reply as the latency plot draws it. */
export interface ReplyDot {
  readonly persona: string;
  readonly call: string;
  readonly ms: number;
  readonly censored: boolean;
  readonly at: string;
}

/** What the plot is drawn from. */
export interface LatencyData {
  readonly replies: readonly ReplyDot[];
  /** The limits of the run's gates on it. */
  readonly limits: readonly number[];
}

/**
 * A run's page as Markdown that is nearly all HTML: it reads without scripts, and only the plot needs them.
 * `data` is the page's file of LatencyData, `players` the recordings of a call.
 */
export function runPage(report: RunReport, data: string, players: (call: ScoredCall) => readonly Player[]): string {
  const { manifest } = report;
  const calls = agentCalls(report);
  const body = html`<article class="run">
    <h1>${manifest.suite}</h1>
    <p class="verdict ${report.verdict}">${sentence(report)}</p>
    <p>
      ${several(calls.length, 'call')} over ${manifest.line} (${manifest.time} time) to ${manifest.target},
      ${manifest.startedAt.slice(0, 16).replace('T', ' ')} UTC, seed
      ${manifest.seed}${manifest.faults.length > 0 ? `, broken on purpose: ${manifest.faults.join(', ')}` : ''}.
    </p>
    <h2>What was asked</h2>
    ${questionTable(report)}
    <h2>Replies</h2>
    <p>
      Silence a caller heard before the agent's reply, by caller. Hollow: still waiting when it ended. Dashed: the gate.
      (Drawn by a script: a browser shows it when the page comes from a web server.)
    </p>
  </article>`;
  const list = html`<article class="run">
    <h2>Calls</h2>
    ${calls.toSorted(worstFirst).map((call) => callEntry(call, players(call)))}
  </article>`;
  return [
    `---\ntitle: ${JSON.stringify(plainTitle(manifest.id))}\ntoc: false\n---`,
    oneBlock(body),
    PLOT.replace('DATA', data),
    oneBlock(list),
    '',
  ].join('\n\n');
}

// A blank line would end the HTML block, and what follows would be read as Markdown.
const oneBlock = ({ html: text }: Html): string => text.replaceAll(/\n\s*\n/g, '\n');

const plainTitle = (id: string): string => id.replaceAll(/[^\w.-]/g, ' ');

const PLOT = `\`\`\`js
import {latencyPlot} from "./components/latency.js";
display(latencyPlot(Plot, await FileAttachment("./DATA").json(), width));
\`\`\``;

function questionTable(report: RunReport): Html {
  const rows = summaryRows(report).map(
    ({ question, measured, bound, n, verdict }) =>
      html`<tr class="${verdict}">
        <td>${question}</td>
        <td>${measured}</td>
        <td>${bound}</td>
        <td>${n}</td>
        <td>${verdict}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th>question</th>
        <th>measured</th>
        <th>bound</th>
        <th>n</th>
        <th>verdict</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

const RANK = { failed: 0, invalid: 1, 'not-run': 2, passed: 3 } as const;

const worstFirst = (a: ScoredCall, b: ScoredCall): number => RANK[a.outcome] - RANK[b.outcome];

function callEntry(call: ScoredCall, players: readonly Player[]): Html {
  const { head, plan, outcome, reasons } = call;
  return html`<section class="call ${outcome}">
    <h3>${head.id} <small>${outcome === 'not-run' ? 'not run' : outcome}</small></h3>
    <p>${plan.persona}, ${plan.scenario}, ${plan.place.name}</p>
    <ul>
      ${reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
    ${players.map(({ says, href }) => html`<label>${says} <audio controls preload="none" data-recording="${href}"></audio></label>`)}
  </section>`;
}

/** The dots of the latency plot. */
export function latencyData(report: RunReport): LatencyData {
  const dot = (call: ScoredCall, score: Score): ReplyDot => ({
    persona: call.plan.persona,
    call: call.head.id,
    ms: Math.round(score.value),
    censored: score.censored,
    at: clockTime(score.at),
  });
  return {
    replies: agentCalls(report)
      .filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
      .flatMap((call) =>
        call.scores.filter(({ metric }) => metric === 'turn_latency').map((score) => dot(call, score)),
      ),
    limits: report.gates.filter(({ metric }) => metric === 'turn_latency').map(({ bound }) => bound),
  };
}
