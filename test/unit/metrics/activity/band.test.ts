import { expect, test } from 'vitest';
import { doubler } from '../../../../harness/model/half-band.ts';
import type { Tracks } from '../../../../harness/model/record.ts';
import { detectActivity } from '../../../../metrics/activity/detect.ts';
import { noise, tracksOf, voiced } from '../signals.ts';

/** The same tracks recorded at 16 kHz. */
function recordedWide(tracks: Tracks): Tracks {
  const wide = doubler();
  const padded = new Int16Array(tracks.agent.length + wide.delay / 2);
  padded.set(tracks.agent);
  return {
    ...tracks,
    rate: 16_000,
    agent: wide.next(padded).subarray(wide.delay),
    maps: tracks.maps.map((map) => ({ ...map, from: 2 * map.from, to: 2 * map.to, msPerSample: map.msPerSample / 2 })),
    lost: tracks.lost.map(({ from, to }) => ({ from: 2 * from, to: 2 * to })),
  };
}

test('what is recorded at 16 kHz is heard when it is heard at 8', async () => {
  let agent = voiced(noise(6, -65), 1, 2.5, -26);
  agent = voiced(agent, 3.2, 4.4, -30);
  agent.fill(0, 14_400, 14_560);
  const narrow = tracksOf(agent, 500, [{ from: 14_400, to: 14_560 }]);
  const [at8, at16] = [
    await detectActivity(narrow, undefined, []),
    await detectActivity(recordedWide(narrow), undefined, []),
  ];
  expect(at16.agent).toHaveLength(at8.agent.length);
  expect(at8.agent.length).toBeGreaterThanOrEqual(2);
  at8.agent.forEach((sounding, i) => {
    expect(Math.abs((at16.agent[i]?.onset ?? 0) - sounding.onset)).toBeLessThan(1);
    expect(Math.abs((at16.agent[i]?.stop ?? 0) - sounding.stop)).toBeLessThan(1);
    expect(at16.agent[i]?.levelDb).toBeCloseTo(sounding.levelDb, 0);
  });
  expect(at16.floorDb).toBeCloseTo(at8.floorDb, 0);
});
