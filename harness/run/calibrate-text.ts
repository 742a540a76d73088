import { eventsIn } from '../../metrics/gate/accuracy-claims.ts';
import type { AccuracyClaim } from '../../metrics/gate/accuracy-claims.ts';
import type { CalibrationCell, CalibrationRow, CalibrationTable } from '../../metrics/gate/calibrate.ts';
import { DIGITAL_SILENCE_DB } from '../model/metronome.ts';
import type { Calibrated } from './calibrate.ts';
import type { PeerRow } from './peer-row.ts';

const HEAD = ['line', 'codec', 'SNR dB', 'silence', 'jitter ms', 'loss', 'skew ppm', 'sources'] as const;
const ROW = ['measured', 'n', 'bias', 'SD', 'median', 'p95', 'max', 'missed', 'not kept'] as const;
const TABLE = ['verdict', 'yes, seen yes', 'yes, seen no', 'no, seen yes', 'no, seen no'] as const;

type Line = readonly string[];

const cellOf = (cell: CalibrationCell): Line => [
  cell.line,
  cell.codec,
  cell.snrDb >= DIGITAL_SILENCE_DB ? 'digital silence' : String(cell.snrDb),
  cell.silence,
  String(cell.jitterMs),
  `${Math.round(cell.loss * 100)} %`,
  String(cell.skewPpm),
  String(1 + cell.newSources),
];

const ms = (value: number): string => value.toFixed(2);

const rowOf = (row: CalibrationRow): Line => [
  ...cellOf(row),
  row.metric,
  String(row.n),
  ...[row.biasMs, row.sdMs, row.medianAbsMs, row.p95AbsMs, row.maxAbsMs].map(ms),
  String(row.missed),
  String(row.notKept),
];

const tableOf = (table: CalibrationTable): Line => [
  ...cellOf(table),
  table.judged,
  ...[table.hit, table.missed, table.falseAlarm, table.rejected].map(String),
];

const claimOf = ({ says, held, worst, limit, unit }: AccuracyClaim): Line => [
  says,
  worst === undefined ? 'not measured' : `${ms(worst)} ${unit}`,
  `${limit} ${unit}`,
  held ? 'held' : 'NOT HELD',
];

/** The table for a terminal. */
export function calibratedText(done: Calibrated): string {
  const { calibration, claims, calls, run } = done;
  const lost = calls.filter(({ outcome }) => outcome === 'invalid' || outcome === 'not-run').length;
  return [
    columns([[...HEAD, ...ROW], ...calibration.rows.map(rowOf)]),
    columns([[...HEAD, ...TABLE], ...calibration.tables.map(tableOf)]),
    columns([['claim', 'worst cell', 'limit', ''], ...claims.map(claimOf)]),
    `${eventsIn(calibration)} replies and stops in ${calls.length - lost} calls, ${lost} calls lost to our own faults; errors in ms.`,
    `verdict: ${done.verdict}; the calls are in ${run}`,
  ].join('\n\n');
}

/** metrics/ACCURACY.md. */
export function accuracyPage(done: Calibrated, peers: readonly PeerRow[]): string {
  const { manifest, calibration, claims, calls } = done;
  const { cpu, cores, platform } = manifest.host;
  return `# How exact the instrument is

Made by \`hangup calibrate\`; do not edit. ${eventsIn(calibration)} replies and stops in ${calls.length} calls to the metronome, an agent that acts at
programmed instants counted from the samples it received. Errors are measured minus programmed, in ms; the programme was not known to what measured it.
Detector \`${manifest.versions['detector'] ?? ''}\`, Node ${manifest.versions['node'] ?? ''}, ${platform}, ${cores} cores (${cpu}), ${manifest.startedAt.slice(0, 10)}, seed ${manifest.seed}.

A known sound is *audible* from where its own level in 4 ms windows, after the codec, stays 3 dB above the noise behind it (never below -75 dBov).
A voice has *stopped* where it was last louder than 20 dB below its active level before it was cut; what it was cut in (a closure) counts as silence.
Half the sounds are synthetic sentences, half vowels with an edge of one sample. \`soft_onset\` are vowels that rise over 20 to 120 ms, \`faded_stop\` vowels that fade over
80 to 300 ms, \`weak_stop\` voices cut in a sound so weak that 17 and 23 dB below the rest end more than 5 ms apart. SNR is the sound's active level above white noise in its channel. *Not kept*: what the metronome itself did late; it is in no other number.

## Claims

${markdown([['claim', 'worst cell', 'limit', ''], ...claims.map(claimOf)])}

## Boundaries

${markdown([[...HEAD, ...ROW], ...calibration.rows.map(rowOf)])}

## Verdicts

Programmed yes or no, and what was seen: let in within 1 s (\`yielded\`), the floor taken in her pause (\`cut_in\`), a sound in her pause that took nothing (\`backchannel\`).

${markdown([[...HEAD, ...TABLE], ...calibration.tables.map(tableOf)])}

## A peer that shares no code with us

${peers.length > 0 ? peerPart(peers) : 'Not measured on this machine; `npx vitest run test/peers/agreement.test.ts` does, with SIPp and Python installed.'}
`;
}

const peerPart = (
  peers: readonly PeerRow[],
): string => `SIPp plays a capture file with sounds known to the sample into a call of ours, while a packet capture of its own on the loopback interface stamps the packets as
the kernel sees them. Where our scorer heard a sound begin and stop, minus where the file's samples and the capture's stamps put it, ms:

${markdown([
  ['measured', 'n', 'bias', 'SD', 'median', 'p95', 'max'],
  ...peers.map(({ measured, n, biasMs, sdMs, medianAbsMs, p95AbsMs, maxAbsMs }) => [
    measured,
    String(n),
    ...[biasMs, sdMs, medianAbsMs, p95AbsMs, maxAbsMs].map(ms),
  ]),
])}`;

const markdown = ([head = [], ...rest]: readonly Line[]): string =>
  [head, head.map(() => '---'), ...rest].map((line) => `| ${line.join(' | ')} |`).join('\n');

function columns(lines: readonly Line[]): string {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
