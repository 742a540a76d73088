import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { callFolder, callsIn, readScored } from '../../run/journal.ts';
import { writeReview } from '../../run/review.ts';
import { reviewsOf, reviewText } from '../../../reports/reviews.ts';
import { runFolder, RUNS } from '../common.ts';
import { text } from '../numbers.ts';

const VERDICTS = ['agree', 'disagree', 'our-fault'] as const;

/** `hangup review CALL VERDICT`: what somebody who listened thinks of our verdict on a call. It is counted, and changes no verdict. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const folder = callNamed(String(args[0]), text(options, 'out') ?? RUNS);
  const verdict = VERDICTS.find((one) => one === args[1]);
  if (!verdict) throw new UsageError(`a review is one of ${VERDICTS.join(', ')}, not "${String(args[1])}"`);
  const { outcome } = readScored(folder);
  const note = text(options, 'note');
  writeReview(folder, { verdict, of: outcome, ...(note === undefined ? {} : { note }) });
  const calls = callsIn(dirname(dirname(folder))).map((id) => readScored(join(dirname(folder), id)));
  const reviews = reviewsOf(calls);
  process.stdout.write(`${basename(folder)} is ${outcome}: ${verdict}\n${reviews ? `${reviewText(reviews)}\n` : ''}`);
  return 0;
}

/** A call's folder as it was named: by its path, as RUN/CALL, or by its id in the newest run. */
function callNamed(named: string, out: string): string {
  const [call, run] = [basename(named), dirname(named)];
  const places = [
    () => named,
    () => join(out, run, 'calls', call),
    () => callFolder(runFolder(run === '.' ? undefined : run, out), call),
  ];
  for (const place of places) {
    const folder = place();
    if (existsSync(join(folder, 'scores.json'))) return folder;
  }
  throw new UsageError(
    `there is no call ${named}; name its folder, e.g. ${out}/RUN/calls/CALL, or an id of the newest run`,
  );
}
