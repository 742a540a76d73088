import { join, resolve } from 'node:path';
import { buildSite } from '../../../reports/site.ts';
import { progressTo } from '../../run/progress.ts';
import { metrics } from '../../run/registry.ts';
import { storedReport } from '../../run/stored.ts';
import { besideHere, runFolder } from '../common.ts';
import { oneOf, text } from '../numbers.ts';

/** `hangup report [run...]`: builds the static site of one or more runs, the newest when none is named. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const named = (args[0] as string[] | undefined) ?? [];
  const folders = named.length > 0 ? named.map((name) => runFolder(name)) : [runFolder(undefined)];
  const out = resolve(text(options, 'out') ?? join(folders[0] ?? '.', 'report'));
  const measures = await metrics(besideHere());
  const progress = progressTo(process.stderr);
  await buildSite({
    runs: folders.map((folder) => storedReport(folder, measures)),
    out,
    audio: oneOf(options, 'audio', '--audio', ['failed', 'all', 'none'] as const) ?? 'failed',
    progress: (step) => progress.step(step),
  });
  progress.note('');
  process.stdout.write(`${join(out, 'index.html')}\n`);
  return 0;
}
