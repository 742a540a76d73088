import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTruth } from '../../../harness/run/truth.ts';
import { folder } from './recorded.ts';

const LENGTH = 10_000;
const read = (content: unknown): ReturnType<typeof readTruth> => {
  const file = join(folder(), 'call.truth.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readTruth(file, LENGTH);
};
const turn = (startMs: unknown, endMs: unknown, kind: unknown = 'turn'): object => ({ startMs, endMs, kind });

test('segments come in order, and a pause may lie inside a turn', () => {
  const caller = [turn(5000, 6000), turn(1000, 3000), turn(1500, 2000, 'pause'), turn(3000, 3500, 'noise')];
  expect(read({ caller }).map(({ startMs, kind }) => [startMs, kind])).toEqual([
    [1000, 'turn'],
    [1500, 'pause'],
    [3000, 'noise'],
    [5000, 'turn'],
  ]);
});

test.each([
  ['not JSON', '{"caller": [', /is not JSON/],
  ['NaN, which is no JSON', '{"caller": [{"startMs": NaN, "endMs": 2, "kind": "turn"}]}', /NaN/],
  ['empty', '', /is not JSON/],
  ['a list', [], /must be an object/],
  ['null', null, /must be an object/],
  ['without a caller', { agent: [] }, /"caller" must be a list/],
  ['a caller that is no list', { caller: 'x' }, /"caller" must be a list/],
  ['no segment', { caller: [] }, /lists no segment/],
  ['a segment that is none', { caller: [turn(0, 10), 7] }, /segment 2 must be \{startMs/],
  ['a time as text', { caller: [turn('0', 10)] }, /segment 1: startMs must be a number/],
  ['a time missing', { caller: [turn(0, undefined)] }, /segment 1: endMs must be a number/],
  ['a time without end', '{"caller":[{"startMs":0,"endMs":1e999,"kind":"turn"}]}', /endMs must be a number/],
  ['a negative time', { caller: [turn(-5, 10)] }, /startMs must not be negative/],
  ['an unknown kind', { caller: [turn(0, 10, 'shout')] }, /kind must be one of turn,/],
  ['reversed', { caller: [turn(2000, 1000)] }, /segment 1 .* ends before it begins/],
  ['empty of time', { caller: [turn(2000, 2000)] }, /ends before it begins/],
  ['overlapping', { caller: [turn(0, 1000), turn(900, 2000)] }, /two segments overlap/],
  ['one inside another', { caller: [turn(0, 3000), turn(1000, 2000, 'backchannel')] }, /two segments overlap/],
  ['overlapping pauses', { caller: [turn(0, 3000), turn(100, 600, 'pause'), turn(500, 900, 'pause')] }, /overlap/],
  ['a pause in no turn', { caller: [turn(0, 1000), turn(2000, 3000, 'pause')] }, /lies in no turn/],
  ['beyond the end', { caller: [turn(9000, 11_000)] }, /beyond the end of the recording, which lasts 10000 ms/],
])('a truth that is %s is refused in one sentence that names the file', (_name, content, says) => {
  let message = '';
  try {
    read(content);
  } catch (error) {
    expect((error as Error).name).toBe('UsageError');
    ({ message } = error as Error);
  }
  expect(message).toMatch(says);
  expect(message).toContain('call.truth.json');
  expect(message).not.toContain('\n');
});
