import { expect, test } from 'vitest';
import type { ScoredCall } from '../../../harness/model/metric.ts';
import { ORDINARY } from '../../../harness/model/metronome.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { cellsOf, plansOfCell } from '../../../harness/run/calibrate-cells.ts';
import { calibrationDocument, calibrationJson } from '../../../harness/run/calibrate-document.ts';
import { accuracyPage, calibratedText } from '../../../harness/run/calibrate-text.ts';
import type { CallEvent } from '../../../harness/model/record.ts';
import { stepsKept, truthIn } from '../../../harness/run/programmed.ts';
import { vowel } from '../../../agent/metronome/sound.ts';
import { accuracyClaims } from '../../../metrics/gate/accuracy-claims.ts';
import { calibration } from '../../../metrics/gate/calibrate.ts';
import type { Calibrated } from '../../../harness/run/calibrate.ts';
import { METRONOME } from '../reports/sample.ts';
import { sampleRun } from '../store/sample.ts';

const judgedAs = (calls: readonly ScoredCall[]): Calibrated => {
  const measured = calibration(calls);
  return {
    run: 'runs/c',
    manifest: sampleRun('c'),
    verdict: 'fail',
    calls,
    calibration: measured,
    claims: accuracyClaims(measured),
  };
};

test('the table has a base, every factor alone and ten corners, with calls enough for a hundred replies each', () => {
  const cells = cellsOf(undefined);
  expect(cells.filter(({ name }) => name.startsWith('corner-'))).toHaveLength(10);
  expect(new Set(cells.map((cell) => JSON.stringify({ ...cell, name: '' }))).size).toBe(cells.length);
  expect(cellsOf('snr').map(({ conditions }) => conditions.snrDb)).toEqual(expect.arrayContaining([39, 29, 19]));
  const [base] = cellsOf('base');
  const plans = base ? plansOfCell(base, 1, 100) : [];
  const lines = plans.flatMap(({ lines }: Plan) => lines);
  expect(lines.filter(({ topic }) => topic === 'chirp')).toHaveLength(100);
  expect(new Set(plans.map(({ seed }) => seed)).size).toBe(plans.length);
});

test('claims that no row speaks of are not held', () => {
  const claims = accuracyClaims({ verdict: 'missing', rows: [], tables: [] });
  expect(claims.filter(({ held }) => held)).toEqual([]);
  expect(claims.length).toBeGreaterThan(3);
  const [p95, , bias] = judgedAs([METRONOME]).claims;
  expect(p95).toMatchObject({ held: true, limit: 10 });
  expect(bias).toMatchObject({ held: false, worst: 2.6 });
});

test('the document is what its schema says, and the page and the table say the same numbers', () => {
  const done = judgedAs([METRONOME]);
  const document = calibrationDocument.parse(JSON.parse(calibrationJson(done)));
  expect(document.rows).toMatchObject([
    { line: 'sip', snrDb: ORDINARY.snrDb, metric: 'turn_latency', n: 2, biasMs: 2.6 },
  ]);
  for (const text of [calibratedText(done), accuracyPage(done, [])]) expect(text).toContain('2.60');
  expect(accuracyPage(done, [])).toContain('agreement.test.ts');
});

test('what is audible of a known sound is told after the codec, and against the noise behind it', () => {
  const edge = truthIn(vowel(500, 8000), 'PCMU', -75);
  expect(edge.onsetMs).toBe(0);
  expect(edge.loud.at(-1)?.[1]).toBe(500);
  const rising = vowel(500, 8000).map((sample, n) => Math.round(sample * Math.min(1, n / 1600)));
  const inQuiet = truthIn(rising, 'PCMU', -75).onsetMs;
  const inNoise = truthIn(rising, 'PCMU', -42).onsetMs;
  expect(inQuiet).toBeLessThan(5);
  expect(inNoise).toBeGreaterThan(15);
});

const said = (line: string): CallEvent => ({ kind: 'said', source: 'caller', line }) as CallEvent;
const over = (id: string): CallEvent => ({ kind: 'stimulus', source: 'caller', id, sham: false }) as CallEvent;

test('a caller who says a line twice, or whose stimulus waits for the next reply, is no witness from there on', () => {
  const [plan] = plansOfCell(cellsOf('base')[0] as never, 1, 100) as [Plan];
  const lines = plan.lines.map(({ id }) => id);
  const of = (id: string): string | undefined => plan.stimuli.find(({ trigger }) => trigger.line === id)?.id;
  const inStep = lines.flatMap((id) => [said(id), ...(of(id) ? [over(of(id) ?? '')] : [])]);
  expect(stepsKept(inStep, plan)).toBe(lines.length);
  expect(stepsKept([said(lines[0] ?? ''), said(lines[1] ?? ''), said(lines[1] ?? '')], plan)).toBe(1);
  const late = lines.findIndex((id) => of(id) !== undefined);
  const waited = [...lines.slice(0, late + 2).map(said), over(of(lines[late] ?? '') ?? '')];
  expect(stepsKept(waited, plan)).toBe(late);
});
