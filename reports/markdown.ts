import { clockTime } from '../metrics/turns/observe.ts';
import { agentText } from './agent.ts';
import { spentCost } from './cost.ts';
import { failuresOf } from './failures.ts';
import { callFolderOf, replayCommand } from './replay.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';
import { withoutSecrets } from './secrets.ts';
import { exactness, sentence } from './sentence.ts';
import { causeText, summaryRows } from './text.ts';

/** Calls named at most; the rest is counted. */
const NAMED = 20;

const TITLE = { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', invalid: 'no verdict' } as const;

/** The run as a page of GitHub-flavoured Markdown: verdict, what was asked, and the calls that need to be heard. */
export function markdownReport(report: RunReport): string {
  const { manifest, verdict } = report;
  const lines = [
    `## Hangup: ${TITLE[verdict]}`,
    '',
    md(sentence(report)),
    '',
    ...table(
      ['question', 'measured', 'bound', 'n', 'verdict'],
      summaryRows(report).map((row) => [row.question, row.measured, row.bound, row.n, row.verdict]),
    ),
    '',
    ...byCause(report),
    ...toHear(report),
    md(
      `${manifest.suite} over ${manifest.line} (${manifest.time} time) to ${agentText(manifest)}, run ${manifest.id}.`,
    ),
    md(`Instrument: ${exactness(report)}`),
    ...(manifest.cost ? [md(`Cost: ${spentCost(manifest.cost)}.`)] : []),
    '',
  ];
  return lines.join('\n');
}

function byCause(report: RunReport): readonly string[] {
  const groups = failuresOf(report);
  if (groups.length === 0) return [];
  const rows = groups.map(({ cause, state = '', calls, newCalls }) => [
    causeText(cause),
    state,
    `${calls.length}${state === 'known' && newCalls.length > 0 ? `, ${newCalls.length} new` : ''}`,
    calls.slice(0, NAMED).join(', '),
  ]);
  return [
    ...(report.before ? [md(`Failed calls by cause, since ${report.before.id}:`), ''] : []),
    ...table(['cause', 'state', 'calls', 'which'], rows),
    '',
  ];
}

function toHear(report: RunReport): readonly string[] {
  const calls = agentCalls(report).filter(({ outcome }) => outcome === 'failed' || outcome === 'invalid');
  if (calls.length === 0) return [];
  const rows = calls.slice(0, NAMED).map(({ head, outcome, reasons }) => {
    const first = report.gates.find(({ worst }) => worst?.call === head.id)?.worst;
    return [
      head.id,
      outcome,
      `${reasons[0] ?? ''}${first && !(reasons[0] ?? '').includes('hear') ? ` (hear ${clockTime(first.at)})` : ''}`,
      code(callFolderOf(report, head.id)),
      code(replayCommand(report, head.id)),
    ];
  });
  const rest = calls.length > NAMED ? [`${calls.length - NAMED} more are in the JSON document.`, ''] : [];
  return [
    '<details><summary>Calls to hear</summary>',
    '',
    ...table(['call', 'outcome', 'why', 'folder', 'place it again'], rows),
    '',
    ...rest,
    '</details>',
    '',
  ];
}

/** A cell that is code already. */
interface Code {
  readonly code: string;
}

const code = (text: string): Code => ({ code: text });

function table(heads: readonly string[], rows: readonly (readonly (string | Code)[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map((row) => line(row.map((cell) => (typeof cell === 'string' ? md(cell) : inCode(cell))))),
  ];
}

/** Text that Markdown shows as it is, on one line: every mark it or HTML knows is a character reference, and `@name` calls nobody. */
export const md = (text: string): string =>
  oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~!&$@^"']|(?<=\w):(?=\/\/)/gu, (mark) => `&#${mark.codePointAt(0)};`);

/** Code in a table: HTML, as a backtick or a bar in it would end it. */
const inCode = ({ code: text }: Code): string => `<code>${md(text)}</code>`;

const oneLine = (text: string): string =>
  withoutSecrets(text)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u{2028}\u{2029}]+/gu, ' ')
    .trim();
