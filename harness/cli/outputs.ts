import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { annotations } from '../../reports/github.ts';
import { junitReport } from '../../reports/junit.ts';
import { markdownReport } from '../../reports/markdown.ts';
import type { RunReport } from '../../reports/report.ts';
import { UsageError } from '../model/errors.ts';
import { text } from './numbers.ts';

/** Writes what `--junit` and `--markdown` ask for, and inside GitHub Actions its summary and annotations. */
export function publish(report: RunReport, options: Record<string, unknown>): void {
  const [junit, markdown] = [text(options, 'junit'), text(options, 'markdown')];
  if (junit !== undefined) writeResult(junit, junitReport(report));
  if (markdown !== undefined) writeResult(markdown, markdownReport(report));
  // Where stdout is a document the runner reads commands from stderr. Else they share a stream with what `harmless` locks up.
  if (inActions()) toGitHub(report, options['json'] === true ? process.stderr : process.stdout);
}

/** Writes a file that a user asked for, with its folders. Throws UsageError when that cannot be done. */
export function writeResult(file: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, content);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}; name a file in a folder of yours`);
  }
}

const inActions = (): boolean => process.env['GITHUB_ACTIONS'] === 'true';

/** `run` and then `gate` in one job say it once: the run's folder remembers in which job it was said. */
function toGitHub(report: RunReport, log: NodeJS.WriteStream): void {
  const { GITHUB_RUN_ID = '', GITHUB_RUN_ATTEMPT = '', GITHUB_JOB = '' } = process.env;
  const job = [GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB].join(' ');
  const told = join(report.paths.run, '.github-told');
  const once = `${job} ${report.verdict}`;
  if (existsSync(told) && readFileSync(told, 'utf8') === once) return;
  for (const line of annotations(report)) log.write(`${line}\n`);
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary) appendFileSync(summary, markdownReport(report));
  writeResult(told, once);
}

/**
 * What an agent made us print must not be taken for a command by the runner: between these lines it takes none
 * (docs.github.com: Stopping and starting workflow commands).
 */
export function harmless(printed: string): string {
  if (!inActions()) return printed;
  const token = randomUUID();
  return `::stop-commands::${token}\n${printed}::${token}::\n`;
}
