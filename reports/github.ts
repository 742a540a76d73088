import { callFolderOf } from './replay.ts';
import { agentCalls } from './report.ts';
import type { RunReport } from './report.ts';
import { withoutSecrets } from './secrets.ts';
import { sentence } from './sentence.ts';

/** GitHub shows ten annotations of a kind a step. */
const SHOWN = 9;

/**
 * The verdict, the gates that did not hold and the calls to hear, as workflow commands of GitHub Actions
 * (docs.github.com: Workflow commands for GitHub Actions). One a line, for the log of a step.
 */
export function annotations(report: RunReport): readonly string[] {
  const level = ({ pass: 'notice', inconclusive: 'warning', fail: 'error', invalid: 'error' } as const)[report.verdict];
  const gates = report.gates.filter(({ verdict }) => verdict !== 'pass');
  const calls = agentCalls(report);
  const failed = calls.filter(({ outcome }) => outcome === 'failed');
  const lost = calls.filter(({ outcome }) => outcome === 'invalid');
  return [
    command(level, 'Hangup', sentence(report)),
    ...gates.map(({ name, verdict, why }) =>
      command(verdict === 'fail' ? 'error' : 'warning', `gate ${name}`, `${verdict}: ${why}`),
    ),
    ...[
      ...failed.slice(0, SHOWN).map((call) => ['error', call] as const),
      ...lost.slice(0, SHOWN).map((call) => ['warning', call] as const),
    ].map(([kind, { head, outcome, reasons }]) =>
      command(kind, `${outcome} call ${head.id}`, `${reasons.join('; ')} [${callFolderOf(report, head.id)}]`),
    ),
  ];
}

const command = (level: 'error' | 'warning' | 'notice', title: string, message: string): string =>
  `::${level} title=${property(withoutSecrets(title))}::${data(withoutSecrets(message))}`;

/** A command's message: what would end it is written in percent. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
