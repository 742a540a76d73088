import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { several } from '../../reports/words.ts';
import { realClock } from '../clock/real.ts';
import { UsageError } from '../model/errors.ts';
import { after, ms } from '../model/time.ts';
import { callsIn } from '../run/journal.ts';
import { serveFolder } from './serve.ts';

/** How often it is looked whether a call was added, ms. */
const EVERY = ms(1000);

/** What is watched and where it is shown. */
export interface WatchOrder {
  /** Folders of the runs. */
  readonly runs: readonly string[];
  /** Folder of the site. */
  readonly out: string;
  readonly port: number;
  /** Builds the site from a store of its own at `store`. */
  readonly build: (store: string) => Promise<void>;
  readonly signal: AbortSignal;
  /** Told the address once there is something to see, and of each time it was built again. */
  readonly said: (text: string) => void;
}

/** Builds the site again whenever a call was added to one of the runs, and shows it, until `signal` is aborted. */
export async function watchRuns({ runs, out, port, build, signal, said }: WatchOrder): Promise<void> {
  const clock = realClock();
  const scratch = mkdtempSync(join(tmpdir(), 'hangup-watch-'));
  const server = await serveFolder(out, port).catch((error: Error) => {
    throw new UsageError(`port ${port} cannot be used: ${error.message}; choose another with --port`);
  });
  try {
    let built = '';
    while (!signal.aborted) {
      const now = stateOf(runs);
      if (now !== built) {
        await build(join(scratch, 'store.duckdb'));
        said(`${server.url}index.html shows ${several(Number(now.split(' ')[0]), 'call')}`);
        built = now;
      }
      await clock.sleepUntil(after(clock.now(), EVERY), signal).catch(() => undefined);
    }
  } finally {
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How many calls there are, and when the runs were last said to have changed. */
function stateOf(runs: readonly string[]): string {
  const calls = runs.reduce((sum, run) => sum + callsIn(run).length, 0);
  return [calls, ...runs.map((run) => statSync(join(run, 'manifest.json')).mtimeMs)].join(' ');
}
