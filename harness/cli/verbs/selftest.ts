import { resolve } from 'node:path';
import { progressTo } from '../../run/progress.ts';
import { selftest } from '../../run/selftest.ts';
import { keepMatrix } from '../../run/selftest-kept.ts';
import { selftestJson, selftestText } from '../../run/selftest-report.ts';
import { interruption, RUNS } from '../common.ts';
import { EXIT } from '../exit.ts';
import { text, wholeNumber } from '../numbers.ts';

/** `hangup selftest`: every fault caught, no false alarm; its matrix goes into the store. Exits with 0 or 1. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const ctrlC = interruption();
  const trials = wholeNumber(options, 'trials', '--trials') ?? 1;
  const out = resolve(text(options, 'out') ?? RUNS);
  try {
    const { result, manifest } = await selftest({
      trials,
      seed: wholeNumber(options, 'seed', '--seed', 0) ?? 1,
      only: (options['fault'] as string[] | undefined) ?? [],
      sweeps: wholeNumber(options, 'sweeps', '--sweeps', 0) ?? 1,
      jobs: wholeNumber(options, 'jobs', '--jobs') ?? 3,
      out,
      resume: options['resume'] === true,
      signal: ctrlC.signal,
      progress: progressTo(process.stderr),
    });
    process.stdout.write(options['json'] === true ? `${JSON.stringify(selftestJson(result))}\n` : selftestText(result));
    if (ctrlC.signal.aborted) {
      process.stderr.write('interrupted; go on with: hangup selftest --resume and the same options\n');
      return EXIT.interrupted;
    }
    await keepMatrix(out, manifest, result);
    return result.verdict === 'pass' ? EXIT.pass : EXIT.fail;
  } finally {
    ctrlC.stop();
  }
}
