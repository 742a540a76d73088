import type { MediaMap } from '../../harness/model/line.ts';
import { ms, type Ms } from '../../harness/model/time.ts';

/**
 * Call time of sample `index` of the agent's channel. Outside every map the nearest one is carried on;
 * a channel without maps counts from 0 at its nominal rate.
 */
export function timeOf(maps: readonly MediaMap[], rate: number, index: number): Ms {
  const map = maps.find(({ to }) => index < to) ?? maps.at(-1);
  if (!map) return ms((index * 1000) / rate);
  return ms(map.originMs + (index - map.from) * map.msPerSample);
}

/** Sample of the agent's channel at call time `at`: the inverse of `timeOf`, not rounded. */
export function indexAt(maps: readonly MediaMap[], rate: number, at: Ms): number {
  const map = maps.findLast(({ originMs }) => originMs <= at) ?? maps[0];
  return map ? map.from + (at - map.originMs) / map.msPerSample : (at * rate) / 1000;
}
