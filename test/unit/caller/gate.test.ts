import { expect, test } from 'vitest';
import { listenGate, quietGate } from '../../../harness/caller/gate.ts';
import type { GateChange } from '../../../harness/caller/gate.ts';
import { chance } from '../../../harness/model/seed.ts';
import { ms } from '../../../harness/model/time.ts';

const RATE = 8000;

/** Noise at `floorDb`, with tones of -26 dBov in the given spans (ms), and what the gate says of it. */
function heard(
  floorDb: number,
  spans: readonly (readonly [number, number])[],
  lengthMs: number,
  lost: (packet: number) => boolean = () => false,
): readonly GateChange[] {
  const dice = chance(5);
  const noise = 32768 * 10 ** (floorDb / 20);
  const samples = Int16Array.from({ length: lengthMs * 8 }, (_, index) => {
    const sounds = spans.some(([from, to]) => index >= from * 8 && index < to * 8);
    const tone = sounds ? 32768 * 0.05 * Math.SQRT2 * Math.sin((2 * Math.PI * 300 * index) / RATE) : 0;
    return Math.round(tone + noise * dice.normal());
  });
  const packet = (from: number): Int16Array =>
    lost(from / 160) ? new Int16Array(160) : samples.subarray(from, from + 160);
  let state = quietGate;
  const all: GateChange[] = [];
  for (let from = 0; from + 160 <= samples.length; from += 160) {
    const [next, changes] = listenGate(state, packet(from), ms(from / 8), RATE);
    state = next;
    all.push(...changes);
  }
  return all;
}

test.each([-90, -65, -50])('over a floor of %i dBov it hears the onset and the end to a block', (floorDb) => {
  const changes = heard(floorDb, [[3000, 4203]], 6000);
  expect(changes.map((change) => change.kind)).toEqual(['started', 'stopped']);
  expect(Math.abs((changes[0]?.at ?? 0) - 3000)).toBeLessThanOrEqual(10);
  expect(Math.abs((changes[1]?.at ?? 0) - 4203)).toBeLessThanOrEqual(10);
});

test('a line that is noisier than any floor is got used to within five seconds', () => {
  const changes = heard(-40, [[6000, 7000]], 9000).filter((change) => change.at > 5000);
  expect(changes.map((change) => change.kind)).toEqual(['started', 'stopped']);
});

test('a steady sound of three seconds is heard to its end', () => {
  const changes = heard(-65, [[1000, 4000]], 6000);
  expect(changes.map((change) => [change.kind, Math.round(change.at / 20)])).toEqual([
    ['started', 50],
    ['stopped', 200],
  ]);
});

test('a click of 20 ms is no speech, and a closure of 60 ms no end', () => {
  expect(heard(-65, [[1000, 1020]], 2000)).toEqual([]);
  const kinds = heard(
    -65,
    [
      [1000, 1500],
      [1560, 2000],
    ],
    3000,
  ).map((change) => change.kind);
  expect(kinds).toEqual(['started', 'stopped']);
});

test('packets lost in a noisy line do not make its noise a voice', () => {
  const dice = chance(8);
  const changes = heard(-52, [[3000, 4200]], 9000, () => dice.next() < 0.1);
  expect(changes.map((change) => change.kind)).toEqual(['started', 'stopped']);
});
