import { join, resolve } from 'node:path';
import { cardPicture } from '../../../reports/card.ts';
import { markdownReport } from '../../../reports/markdown.ts';
import type { RunReport } from '../../../reports/report.ts';
import { buildSite } from '../../../reports/site.ts';
import { htmlSummary } from '../../../reports/summary.ts';
import { UsageError } from '../../model/errors.ts';
import { progressTo } from '../../run/progress.ts';
import type { Progress } from '../../run/progress.ts';
import { rebuildStore } from '../../run/rebuilt.ts';
import { metrics } from '../../run/registry.ts';
import { selftestBeside } from '../../run/selftest-kept.ts';
import { storedReport } from '../../run/stored.ts';
import { speechRegions } from '../../speech/vad.ts';
import { besideHere, interruption, runFolder } from '../common.ts';
import { oneOf, text, wholeNumber } from '../numbers.ts';
import { writeResult } from '../outputs.ts';
import { watchRuns } from '../watch.ts';

/**
 * `hangup report [run...]`: builds the static site of one or more runs, the newest when none is named; or, when a single
 * file is asked for, that alone.
 */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const named = (args[0] as string[] | undefined) ?? [];
  const folders = named.length > 0 ? named.map((name) => runFolder(name)) : [runFolder(undefined)];
  const out = resolve(text(options, 'out') ?? join(folders[0] ?? '.', 'report'));
  const measures = await metrics(besideHere());
  const read = (): readonly RunReport[] => folders.map((folder) => storedReport(folder, measures));
  const [first] = read();
  const files = first ? await writeFiles(first, options) : [];
  for (const file of files) process.stdout.write(`${file}\n`);
  if (files.length > 0 && options['out'] === undefined && options['watch'] !== true) return 0;
  const progress = progressTo(process.stderr);
  const audio = oneOf(options, 'audio', '--audio', ['failed', 'all', 'none'] as const) ?? 'failed';
  const selftest = selftestBeside(folders[0] ?? '', measures);
  const build = (store?: string): Promise<void> =>
    buildSite({
      runs: read(),
      out,
      audio,
      progress: (step) => progress.step(step),
      ...(selftest ? { selftest } : {}),
      ...(store ? { store } : {}),
    });
  if (options['watch'] === true) {
    const tools = { metrics: measures, regions: speechRegions };
    return watch(folders, out, options, progress, async (store) => {
      await rebuildStore(store, folders, tools);
      await build(store);
    });
  }
  await build();
  progress.note('');
  process.stdout.write(`${join(out, 'index.html')}\n`);
  return 0;
}

/** The single files that were asked for. */
async function writeFiles(report: RunReport, options: Record<string, unknown>): Promise<readonly string[]> {
  const [summary, markdown, card] = ['summary', 'markdown', 'card'].map((name) => text(options, name));
  if (summary !== undefined) writeResult(summary, htmlSummary(report));
  if (markdown !== undefined) writeResult(markdown, markdownReport(report));
  if (card !== undefined) {
    if (!card.endsWith('.png')) throw new UsageError(`--card writes a PNG; call it FILE.png, not ${card}`);
    writeResult(card, await cardPicture(report));
  }
  return [summary, markdown, card].flatMap((file) => (file === undefined ? [] : [resolve(file)]));
}

async function watch(
  runs: readonly string[],
  out: string,
  options: Record<string, unknown>,
  progress: Progress,
  build: (store: string) => Promise<void>,
): Promise<number> {
  const ctrlC = interruption();
  try {
    const port = wholeNumber(options, 'port', '--port', 0) ?? 0;
    const said = (line: string): void => progress.note(line);
    await watchRuns({ runs, out, port, build, signal: ctrlC.signal, said });
    return 0;
  } finally {
    ctrlC.stop();
  }
}
