import { createHash } from 'node:crypto';
import { makeReport } from '../../reports/report.ts';
import type { RunReport } from '../../reports/report.ts';
import { jsonReport } from '../../reports/json.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoredCall } from '../model/metric.ts';
import { defineSuite } from '../model/suite.ts';
import type { Instruments } from '../run/measure.ts';
import { progressTo } from '../run/progress.ts';
import { manifestOf } from '../run/provenance.ts';
import { scoreDocument } from '../run/recording-document.ts';
import type { RecordingDetails } from '../run/recording-document.ts';
import type { RecordingSource } from '../run/recording-sides.ts';
import { unreadable } from '../run/recording-record.ts';
import { notesOn, recordingsText } from '../run/recording-text.ts';
import { scoreRecordings } from '../run/recordings.ts';
import { EXIT, exitOf } from './exit.ts';

/** One call of the document: what could be scored of a recording, or why nothing could. */
interface Entry {
  readonly scored: ScoredCall;
  readonly details: RecordingDetails | { readonly path: string };
}

/**
 * Scores recordings and prints the result. A single one that cannot be scored is thrown as UsageError; among several
 * it is named on stderr and stands in the result as invalid, and the exit code is 2 all the same.
 */
export async function printRecordings(
  sources: readonly RecordingSource[],
  tools: Instruments,
  asJson: boolean,
): Promise<number> {
  const progress = progressTo(process.stderr);
  // A log wants a line now and then, not one a recording.
  const said = (text: string, tenth: boolean): void => {
    if (process.stderr.isTTY) progress.step(text);
    else if (tenth) progress.note(text);
  };
  const found = await scoreRecordings(sources, tools, (done, of) => {
    if (of > 1) said(`scoring: ${done} of ${of} recordings`, done === of || done % Math.ceil(of / 10) === 0);
  });
  const refused = found.filter((one) => 'refused' in one).map((one) => one.refused);
  if (found.length === 1 && refused[0] !== undefined) throw new UsageError(refused[0]);
  for (const sentence of refused) progress.note(`hangup: ${sentence}`);
  if (refused.length === found.length) return EXIT.usage;
  const entries = named(found.map((one, i) => ('refused' in one ? lost(one.refused, sources[i]) : one)));
  const report = reportOf(entries, tools);
  const details = entries.map((entry) => entry.details);
  process.stdout.write(
    asJson ? `${JSON.stringify(documentOf(report, entries))}\n` : `${recordingsText(report, details)}\n`,
  );
  return refused.length > 0 ? EXIT.usage : exitOf(report.verdict);
}

const lost = (reason: string, source: RecordingSource | undefined): Entry => ({
  scored: unreadable(reason),
  details: { path: source?.path ?? '' },
});

/**
 * In order of their ids, which come from the samples, so that names and their order change nothing.
 * The same recording twice gets a number, and one that could not be read gets nothing else.
 */
function named(entries: readonly Entry[]): readonly Entry[] {
  const times = new Map<string, number>();
  return entries
    .toSorted(({ scored: a }, { scored: b }) => (a.head.id < b.head.id ? -1 : a.head.id > b.head.id ? 1 : 0))
    .map(({ scored, details }) => {
      const { id } = scored.head;
      const nth = (times.get(id) ?? 0) + 1;
      times.set(id, nth);
      const own = nth === 1 ? id : `${id}-${nth}`;
      return {
        details,
        scored: { ...scored, head: { ...scored.head, id: own, plan: own }, plan: { ...scored.plan, id: own } },
      };
    });
}

function reportOf(entries: readonly Entry[], tools: Instruments): RunReport {
  const calls = entries.map(({ scored }) => scored);
  const suite = defineSuite({
    name: 'recordings',
    target: 'recorded',
    line: 'recording',
    seed: 0,
    calls: [],
    metronome: 0,
    jobs: 1,
    gates: [],
    allow: [],
  });
  const plans = calls.map(({ plan }) => plan);
  const manifest = manifestOf(
    { suite, plans, seed: 0, faults: [] },
    { line: 'recording', time: 'real', target: 'recorded' },
  );
  // No date: the same recordings are the same run.
  const id = createHash('sha256')
    .update(calls.map(({ head }) => head.id).join(' '))
    .digest('hex')
    .slice(0, 12);
  return makeReport({ ...manifest, id: `recordings-${id}` }, calls, tools.metrics, { run: '.' });
}

function documentOf(report: RunReport, entries: readonly Entry[]): object {
  const document = jsonReport(report);
  return scoreDocument.parse({
    ...document,
    notes: notesOn(entries.map(({ details }) => details)),
    calls: document.calls.map((call, i) => ({ ...call, ...entries[i]?.details })),
  });
}
