import { expect, test } from 'vitest';
import { ms } from '../../../../harness/model/time.ts';
import { stageSums } from '../../../../metrics/turns/stage-sum.ts';
import { sampleScore } from '../../store/sample.ts';

const END = 5000;
const wait = (value: number, at = END) => sampleScore('turn_latency', value, { of: 'day', at: ms(at) });
/** A stage from and to so long after her end. */
const stage = (name: string, from: number, to: number, end = END) =>
  sampleScore(`stage_${name}`, to - from, { of: name, at: ms(end + from) });
const sums = (...scores: Parameters<typeof stageSums>[0]) => stageSums(scores).map(({ sumMs }) => sumMs);

test('stages that follow one another add up, what lies between them does not, and the residual is none of them', () => {
  const residual = sampleScore('stage_residual', 60, { of: 'day', at: ms(END) });
  expect(
    sums(wait(700), stage('endpointing', 0, 200), stage('brain', 250, 600), stage('voice', 600, 640), residual),
  ).toEqual([590]);
});

test('an agent that believes she ended sooner or later than she did is off by that', () => {
  expect(sums(wait(300), stage('endpointing', -40, 200), stage('voice', 200, 300))).toEqual([340]);
  expect(sums(wait(300), stage('endpointing', 25, 200), stage('voice', 200, 300))).toEqual([275]);
});

test('who thinks while she speaks is not charged for it, and an instant in two stages counts once', () => {
  expect(sums(wait(300), stage('brain', -500, 100), stage('voice', 60, 320))).toEqual([320]);
});

test("stages of another reply are not this one's, and a reply without any is left out", () => {
  const later = wait(400, END + 9000);
  expect(stageSums([wait(300), later, stage('brain', 0, 350, END + 9000)])).toEqual([
    { of: 'day', at: END + 9000, waitMs: 400, sumMs: 350, u: 4 },
  ]);
});
