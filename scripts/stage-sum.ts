// How well the agent's stages add up to the wait that the wire measured: `node scripts/stage-sum.ts RUN_FOLDER...`.
// Prints the share of replies whose stages, without the residual, come within 5 ms + u of it, and by how much they differ.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readScored } from '../harness/run/journal.ts';
import { counted } from '../metrics/gate/observed.ts';
import { quantile } from '../metrics/statistics/quantile.ts';
import { stageSums } from '../metrics/turns/stage-sum.ts';

const TOLERANCE_MS = 5;
const SHOWN = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

const folders = process.argv.slice(2);
const calls = counted(
  folders.flatMap((run) => readdirSync(join(run, 'calls')).map((call) => readScored(join(run, 'calls', call)))),
);
const sums = calls.flatMap(({ head, scores }) => stageSums(scores).map((sum) => ({ call: head.id, ...sum })));
const differences = sums.map(({ waitMs, sumMs }) => waitMs - sumMs);
const off = sums.filter(({ waitMs, sumMs, u }) => Math.abs(waitMs - sumMs) > TOLERANCE_MS + u);
for (const { call, of, at, waitMs, sumMs, u } of off) {
  const second = (at / 1000).toFixed(1);
  console.log(
    `${call} ${of} at ${second} s: waited ${waitMs.toFixed(0)} ms, stages ${sumMs.toFixed(0)} ms (u ${u.toFixed(1)})`,
  );
}
const shares = SHOWN.map((p) => `p${p * 100} ${(quantile(differences, p) ?? Number.NaN).toFixed(1)}`).join('  ');
console.log(`wait minus stages, ms: ${shares}`);
console.log(
  `${sums.length - off.length} of ${sums.length} replies (${((100 * (sums.length - off.length)) / sums.length).toFixed(1)} %) within ${TOLERANCE_MS} ms + u, over ${calls.length} calls`,
);
if (sums.length === 0) process.exitCode = 1;
