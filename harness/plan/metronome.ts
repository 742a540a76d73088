import type { MetronomeProgramme, Plan, PlannedLine, PlannedStimulus } from '../model/plan.ts';
import { chance, hashSeed } from '../model/seed.ts';
import type { Chance } from '../model/seed.ts';

/** Chirps in one metronome call. */
const CHIRPS = 8;
/** Length of the known stimulus, ms. */
const CHIRP_MS = 200;
/** How long the metronome sounds when nobody stops it, ms. */
const REPLY_MS = 2500;
/** How long it keeps sounding after a stimulus, ms. */
const STOPS = [50, 100, 200, 350, 500, 800];

/**
 * A call to the metronome: chirps in silence that it answers after a programmed delay, and chirps into every other
 * reply that it stops at. Delays are spread over 80 to 1500 ms and carry a fraction of a millisecond, so that
 * neither packet nor window boundaries line up with them.
 */
export function metronomePlan(seed: number, n: number): Plan {
  const dice = chance(hashSeed(seed, 'metronome', n));
  const lines = Array.from({ length: CHIRPS }, (_, index) => chirpLine(index + 1));
  const stimuli = lines.filter((_, index) => index % 2 === 1).map((line) => chirpOver(line.id, dice));
  return {
    schema: 'hangup.plan/1',
    id: `metronome-${n}`,
    seed: hashSeed(seed, 'metronome-call', n),
    persona: 'metronome',
    scenario: 'metronome',
    stakes: 'low',
    opens: 'caller',
    mind: 'script',
    voice: { engine: 'flite', name: 'slt', rate: 1 },
    place: { name: 'quiet', snrDb: 60 },
    phone: { codec: n % 2 === 1 ? 'PCMU' : 'PCMA', loss: 0 },
    patience: { deadAirMs: 10_000, talkedOver: 1000, askedAgain: 1000 },
    lines,
    stimuli,
    expect: { handoff: { truth: 'must-not', facts: [] } },
    bounds: [],
    desks: 'answer',
    metronome: programme(stimuli.length, dice),
    maxMs: 120_000,
  };
}

function chirpLine(number: number): PlannedLine {
  return {
    id: `chirp-${number}`,
    topic: 'chirp',
    pieces: [{ sound: 'chirp', lengthMs: CHIRP_MS }],
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
    trigger: { line, utterance: 1, offsetMs: fine(dice.between(300, 1200)) },
    sham: false,
    pieces: [{ sound: 'chirp', lengthMs: CHIRP_MS }],
    manner: {},
    facts: {},
    takesFloor: true,
  };
}

function programme(stops: number, dice: Chance): MetronomeProgramme {
  return {
    replyMs: Array.from({ length: CHIRPS }, () => fine(dice.between(80, 1500))),
    stopMs: Array.from({ length: stops }, () => fine(dice.pick(STOPS) + dice.between(0, 20))),
    replyLengthMs: REPLY_MS,
  };
}

/** To a microsecond: keeps the plan's JSON short and its phases off every grid. */
const fine = (duration: number): number => Math.round(duration * 1000) / 1000;
