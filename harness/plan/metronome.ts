import { ORDINARY } from '../model/metronome.ts';
import type { MetronomeCall } from '../model/metronome.ts';
import type { Codec } from '../model/line.ts';
import type { Piece, Plan, PlannedLine, PlannedStimulus } from '../model/plan.ts';
import { chance, hashSeed } from '../model/seed.ts';
import type { Chance } from '../model/seed.ts';

export { metronomeProgramme } from './metronome-programme.ts';

/** Length of the known stimulus, ms. */
const CHIRP_MS = 200;
const CHIRP: Piece = { sound: 'chirp', lengthMs: CHIRP_MS };

/** What a line is for: a reply alone, a reply that is interrupted, or a pause to be waited out. */
type Part = 'plain' | 'over' | 'pause';

/** In a suite: replies, every other one interrupted. */
const SUITE: readonly Part[] = ['plain', 'over', 'plain', 'over', 'plain', 'over', 'plain', 'over'];

/** For calibration: as many events a minute as one call can hold. */
const DENSE: readonly Part[] = [
  'over',
  'over',
  'pause',
  'over',
  'plain',
  'over',
  'over',
  'pause',
  'over',
  'plain',
  'over',
  'over',
];

/** Which metronome call of a run it is. */
export interface MetronomeAsk extends MetronomeCall {
  readonly id: string;
  readonly seed: number;
  readonly codec: Codec;
}

/** A suite's own metronome call: chirps in silence, and chirps into every other reply. Odd ones run on mu-law, even ones on A-law. */
export const metronomePlan = (seed: number, n: number): Plan =>
  planOf(
    {
      id: `metronome-${n}`,
      seed: hashSeed(seed, 'metronome-call', n),
      codec: n % 2 === 1 ? 'PCMU' : 'PCMA',
      conditions: ORDINARY,
      sounds: 'edges',
    },
    SUITE,
  );

/** One call of a cell of the accuracy table. */
export const calibrationPlan = (ask: MetronomeAsk): Plan => planOf(ask, DENSE);

/**
 * The caller's side of a call to the metronome. What the metronome does is drawn from the seed by `metronomeProgramme`
 * and is not in the plan, so that no scorer can know it.
 */
function planOf({ id, seed, codec, conditions, sounds }: MetronomeAsk, parts: readonly Part[]): Plan {
  const dice = chance(hashSeed(seed, 'metronome-plan'));
  const lines = parts.map((part, index) => lineOf(part, index + 1, dice));
  const stimuli = lines.filter((_, index) => parts[index] === 'over').map((line) => chirpOver(line.id, dice));
  return {
    schema: 'hangup.plan/1',
    id,
    seed,
    persona: 'metronome',
    scenario: 'metronome',
    stakes: 'low',
    opens: 'caller',
    mind: 'script',
    voice: { engine: 'flite', name: 'slt', rate: 1 },
    place: { name: 'quiet', snrDb: 60 },
    phone: { codec, loss: 0 },
    patience: { deadAirMs: 10_000, talkedOver: 1000, askedAgain: 1000 },
    lines,
    stimuli,
    expect: { handoff: { truth: 'must-not', facts: [] } },
    bounds: [],
    desks: 'answer',
    metronome: { conditions, sounds },
    maxMs: 120_000,
  };
}

function lineOf(part: Part, number: number, dice: Chance): PlannedLine {
  const pause: Piece = { pauseMs: fine(dice.between(900, 1200)), why: 'hesitation' };
  return {
    id: `chirp-${number}`,
    topic: part === 'pause' ? 'pause' : 'chirp',
    pieces: part === 'pause' ? [CHIRP, pause, CHIRP] : [CHIRP],
    manner: {},
    facts: {},
    again: [],
    onAgenda: true,
  };
}

function chirpOver(line: string, dice: Chance): PlannedStimulus {
  return {
    id: `over-${line}`,
    kind: 'interruption',
    trigger: { line, utterance: 1, offsetMs: fine(dice.between(300, 1000)) },
    sham: false,
    pieces: [CHIRP],
    manner: {},
    facts: {},
    takesFloor: true,
  };
}

/** To a microsecond: keeps the plan's JSON short and its phases off every grid. */
const fine = (duration: number): number => Math.round(duration * 1000) / 1000;
