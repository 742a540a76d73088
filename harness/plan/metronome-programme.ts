import { DIGITAL_SILENCE_DB, METRONOME_DB } from '../model/metronome.ts';
import type { MetronomeAct, MetronomeCall, MetronomeProgramme, MetronomeSound } from '../model/metronome.ts';
import type { Plan, PlannedLine } from '../model/plan.ts';
import { chance, hashSeed } from '../model/seed.ts';
import type { Chance } from '../model/seed.ts';

/** How long it keeps sounding after a stimulus, ms. */
const STOPS = [50, 100, 200, 350, 500, 800];
/** How long it sounds when somebody is to interrupt it, when nobody is, and when it never stops, ms. */
const LENGTH = { over: 2500, plain: 900, never: 3800 } as const;
/** Beyond her last chirp a cut-in goes on for this long, ms: the floor is taken, not lent. */
const CUT_IN_TAIL = 350;
/** Silence after it before the reply to her line, ms. */
const CUT_IN_GAP = 300;
/** How long a call may last, ms: sources change within it. */
const SPAN = [6_000, 40_000] as const;

/** Long enough to be interrupted, without a comma to pause at; beginnings from plosives to weak fricatives. */
const SENTENCES = [
  'The dentist can see you on Thursday afternoon at a quarter past three if that suits you',
  'Friday morning is still open and so is the whole of the following Monday after ten',
  'She will call you back as soon as the results of the examination have arrived',
  'We are open every weekday from eight in the morning until half past five',
  'Have you been to this practice before or is this going to be your first visit',
  'Perhaps you would rather come on the twenty third of the month around noon',
  'Your appointment with the hygienist has been moved to the second of December',
  'I can send you a message with the address and the nearest place to park',
  'That particular treatment usually takes about forty five minutes from start to end',
  'Could you tell me the date of birth of the person who is going to be treated',
] as const;

const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;

/** What the metronome will do in the call of `plan`, drawn from its seed; undefined for any other plan. Pure. */
export function metronomeProgramme(plan: Plan): MetronomeProgramme | undefined {
  const { metronome, lines, stimuli, seed } = plan;
  if (!metronome) return undefined;
  const dice = chance(hashSeed(seed, 'programme'));
  const interrupted = new Set(stimuli.map(({ trigger }) => trigger.line));
  const acts = lines.map((line) => actOf(line, interrupted.has(line.id), metronome, dice));
  const { snrDb, silence, skewPpm, newSources, jitterMs, loss } = metronome.conditions;
  const newSourceAtMs = Array.from({ length: newSources }, () => fine(dice.between(...SPAN)));
  return {
    acts,
    ...(snrDb >= DIGITAL_SILENCE_DB ? {} : { floorDb: METRONOME_DB - snrDb }),
    sender: { skewPpm, silence, newSourceAtMs },
    jitterMs,
    loss,
  };
}

function actOf(line: PlannedLine, interrupted: boolean, { sounds }: MetronomeCall, dice: Chance): MetronomeAct {
  const pause = line.pieces.find((piece) => 'pauseMs' in piece);
  if (pause) return pausedAct(pause.pauseMs, dice);
  const replyMs = fine(dice.between(80, 1500));
  if (!interrupted) return plainAct(replyMs, sounds, dice);
  const base = { chirps: 1, replyMs, leadMs: 0 } as const;
  const afterMs = fine(dice.pick(STOPS) + dice.between(0, 20));
  if (sounds === 'edges') return { ...base, sound: vowel(LENGTH.over), stop: { afterMs, fadeMs: 0 } };
  const lot = dice.next();
  if (lot < 0.1) return { ...base, sound: vowel(LENGTH.never) };
  if (lot < 0.25) return { ...base, sound: vowel(LENGTH.over), stop: { afterMs, fadeMs: fine(dice.between(80, 300)) } };
  const sound = lot < 0.6 ? vowel(LENGTH.over) : speech(dice);
  return { ...base, sound, stop: { afterMs, fadeMs: 0 } };
}

function plainAct(replyMs: number, sounds: MetronomeCall['sounds'], dice: Chance): MetronomeAct {
  const base = { chirps: 1, replyMs, leadMs: 0 } as const;
  if (sounds === 'edges') return { ...base, sound: vowel(LENGTH.plain) };
  const lot = dice.next();
  if (lot < 0.4) return { ...base, sound: vowel(LENGTH.plain, fine(dice.between(20, 120))) };
  if (lot < 0.7) return { ...base, replyMs: replyMs + 300, leadMs: fine(dice.between(60, 300)), sound: speech(dice) };
  return { ...base, sound: speech(dice) };
}

/** A third waits the pause out, a third says something short in it, a third takes the floor. */
function pausedAct(pauseMs: number, dice: Chance): MetronomeAct {
  const lot = dice.next();
  const afterMs = fine(dice.between(200, 450));
  const base = { chirps: 2, leadMs: 0, sound: vowel(LENGTH.plain) } as const;
  const replyMs = fine(dice.between(250, 1000));
  if (lot < 1 / 3) return { ...base, replyMs };
  if (lot < 2 / 3) {
    const sound = vowel(fine(dice.between(200, 350)));
    return { ...base, replyMs, inPause: { kind: 'backchannel', afterMs, sound } };
  }
  const sound = vowel(fine(Math.max(1100, pauseMs - afterMs + 200 + CUT_IN_TAIL)));
  return { ...base, replyMs: replyMs + CUT_IN_TAIL + CUT_IN_GAP, inPause: { kind: 'cut-in', afterMs, sound } };
}

const vowel = (lengthMs: number, risesMs = 0): MetronomeSound => ({ kind: 'vowel', lengthMs, risesMs });

const speech = (dice: Chance): MetronomeSound => ({
  kind: 'speech',
  text: dice.pick(SENTENCES),
  voice: { engine: 'flite', name: dice.pick(VOICES), rate: dice.pick([0.9, 1, 1.1]) },
});

const fine = (duration: number): number => Math.round(duration * 1000) / 1000;
