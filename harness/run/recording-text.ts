import type { RunReport } from '../../reports/report.ts';
import { summaryRows } from '../../reports/text.ts';
import { SHORTEST_INTERRUPTION } from './recording-caller.ts';
import type { RecordingDetails } from './recording-document.ts';

/** What is known of a recording; of one that could not be read, its name alone. */
export type Known = RecordingDetails | { readonly path: string };

const CLOCK =
  "Times are the recorder's: a platform that records its own calls may have them hundreds of ms early against the wire, so compare them only with the same recorder's.";

const isScored = (details: Known): details is RecordingDetails => 'turns' in details;

/** What a reader has to know before using the figures, in sentences. */
export function notesOn(recordings: readonly Known[]): string[] {
  const scored = recordings.filter(isScored);
  const untold = scored.filter(({ callerTold }) => callerTold === false).length;
  const heard = scored.filter(({ truth }) => truth === 'detected').length;
  const twoFiles = scored.some(({ callerPath }) => callerPath !== undefined);
  return [
    CLOCK,
    ...(untold > 0
      ? ['The caller was taken to be on the left channel; if she is on the right, say --caller right.']
      : []),
    ...(twoFiles ? ['The two files were taken to begin at the same instant.'] : []),
    ...(heard > 0
      ? [
          `The caller was detected in ${heard} of ${scored.length}: every uncertainty is wider by that of her own bounds, and a sound of hers inside the agent's speech counts as an interruption from ${SHORTEST_INTERRUPTION} ms on, as a backchannel below; NAME.truth.json beside NAME.wav says it exactly.`,
        ]
      : []),
    ...(recordings.length > scored.length ? [`${recordings.length - scored.length} could not be scored.`] : []),
  ];
}

/** The result in plain words: the questions, each recording, and what to know of the figures. */
export function recordingsText(report: RunReport, recordings: readonly Known[]): string {
  const byPath = recordings.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return [
    ...aligned([
      ['', 'measured', 'n'],
      ...summaryRows(report).map(({ question, measured, n }) => [question, measured, n]),
    ]),
    '',
    ...aligned([['recording', 'turns', 'replied', 'middle reply', 'yielded', 'caller known by'], ...byPath.map(rowOf)]),
    '',
    ...notesOn(recordings),
    'No verdict: recordings have no gates.',
  ].join('\n');
}

function rowOf(details: Known): readonly string[] {
  if (!isScored(details)) return [details.path, 'not scored'];
  const { path, turns, stimuli, truth } = details;
  const latencies = turns.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((a, b) => a - b);
  const middle = latencies[Math.floor(latencies.length / 2)];
  const spoken = stimuli.filter(({ kind, yielded }) => kind === 'interruption' && yielded !== null);
  const yielded = spoken.filter((stimulus) => stimulus.yielded === true).length;
  return [
    path,
    `${turns.length}`,
    `${latencies.length}`,
    middle === undefined ? '' : `${Math.round(middle)} ms`,
    spoken.length === 0 ? '' : `${yielded} of ${spoken.length}`,
    truth === 'file' ? 'truth file' : 'detection',
  ];
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
