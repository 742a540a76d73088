import { chance, hashSeed } from '../../../harness/model/seed.ts';
import type { Chance } from '../../../harness/model/seed.ts';
import { resonate } from '../../../harness/speech/dsp/filter.ts';
import type { Half } from './halves.ts';

/** The third resonance of a throat, Hz. */
const THIRD_HZ = 2500;

/** A laugh's own way. About half of all laughs have no voice in them, or hardly any. */
interface Way {
  readonly voice: number;
  readonly breath: number;
}

const ways: readonly Way[] = [
  { voice: 1, breath: 0.35 },
  { voice: 0.5, breath: 0.6 },
  { voice: 0, breath: 1 },
];

/** The `nth` simulated laugh of a half: puffs of breath, most with a falling voice behind them, through an open throat. */
export function laugh(half: Half, nth: number, lengthMs: number, rate: number): Float32Array {
  const dice = chance(hashSeed('laugh', half.name, nth));
  const { pitch, puffMs, vowels } = half.laughs;
  const throat = puffs(lengthMs, rate, ways[nth % ways.length] ?? { voice: 1, breath: 0.35 }, dice, pitch, puffMs);
  const formants = [...dice.pick(vowels), THIRD_HZ].map((centre) => resonate(throat, rate, centre, 6));
  return throat.map((value, i) => 0.05 * value + formants.reduce((sum, band) => sum + (band[i] ?? 0), 0));
}

function puffs(
  lengthMs: number,
  rate: number,
  { voice, breath }: Way,
  dice: Chance,
  [low, high]: readonly [number, number],
  [short, long]: readonly [number, number],
): Float32Array {
  const length = Math.round((lengthMs * rate) / 1000);
  const puff = (dice.between(short, long) * rate) / 1000;
  const pitch = dice.between(low, high);
  let phase = 0;
  return Float32Array.from({ length }, (_, i) => {
    const at = (i % puff) / puff;
    phase = (phase + (pitch * (1.15 - 0.3 * (i / length))) / rate) % 1;
    const blown = breath * dice.normal() * Math.sin(Math.PI * at);
    const voiced = at > 0.3 && at < 0.75 ? Math.sin((Math.PI * (at - 0.3)) / 0.45) * (2 * phase - 1) : 0;
    return (blown + voice * voiced) * Math.exp((-0.9 * i) / length);
  });
}
