import { metronomeSound } from '../../agent/metronome/sound.ts';
import { PHONE_RATE } from '../model/audio.ts';
import type { Pcm } from '../model/audio.ts';
import type { Codec } from '../model/line.ts';
import { METRONOME_DB } from '../model/metronome.ts';
import type { MetronomeAct, Programmed, SoundTruth, Stretches } from '../model/metronome.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import { metronomeProgramme } from '../plan/plan.ts';
import { throughCodec } from '../rtp/codec.ts';
import { audibleBounds } from '../speech/dsp/bounds.ts';
import { dbToGain, SILENCE_DB, speechLevel } from '../speech/dsp/level.ts';
import { toFloats } from '../speech/dsp/samples.ts';
import type { Measured } from './measure.ts';
import type { Studio } from './studio.ts';

/** A sound is audible where it exceeds the noise behind it by this much in 4 ms, dB; nothing is below -75 dBov. */
const AUDIBLE_ABOVE_DB = 3;
const FAINTEST_DB = -75;
/** Where a voice is said to have stopped, relative to its active level, dB. */
const STOP_DB = -20;
/** A level is a matter of opinion by this much, dB. */
const DOUBT_DB = 3;
const WINDOW_MS = 4;

/** Truths found so far: calls are placed while others talk, and nobody has time to find the same one twice. */
const truths = new Map<string, SoundTruth>();

/** What the metronome is told in the call of `plan`, and where its sounds are audible; undefined for any other plan. */
export async function programmedOf(plan: Plan, studio: Pick<Studio, 'voice'>): Promise<Programmed | undefined> {
  const programme = metronomeProgramme(plan);
  if (!programme) return undefined;
  const quietDb = Math.max(FAINTEST_DB, (programme.floorDb ?? SILENCE_DB) + AUDIBLE_ABOVE_DB);
  const { codec } = plan.phone;
  const truthOf = async ({ sound }: MetronomeAct): Promise<SoundTruth> => {
    const key = JSON.stringify([sound, codec, quietDb]);
    const known = truths.get(key);
    if (known) return known;
    const truth = truthIn(await metronomeSound(sound, PHONE_RATE, (engine) => studio.voice(engine)), codec, quietDb);
    truths.set(key, truth);
    return truth;
  };
  return { programme, truths: await Promise.all(programme.acts.map(truthOf)), notKept: [] };
}

/**
 * A scored call with what had been programmed, and which acts say nothing about the harness: those the metronome says it
 * was late with, and all from where our own caller fell out of step with it.
 */
export function unblinded(measured: Measured, programmed: Programmed | undefined): Measured {
  if (!programmed) return measured;
  const { events, plan } = measured.record;
  const inStep = stepsKept(events, plan);
  const outOfStep = plan.lines.map((_, index) => index).slice(inStep);
  const late = measured.record.events.flatMap((event) =>
    event.kind === 'claim' && event.claim.name === 'metronome late' ? [Number(event.claim.text)] : [],
  );
  const notKept = [...new Set([...programmed.notKept, ...late, ...outOfStep])];
  return { ...measured, scored: { ...measured.scored, programmed: { ...programmed, notKept } } };
}

/**
 * How many of her lines the caller said once each and in order, every stimulus over the reply it was meant for. The
 * metronome counts what it hears: a line said again, or a stimulus that waited for the next reply, moves all that follows.
 */
export function stepsKept(events: readonly CallEvent[], { lines, stimuli }: Pick<Plan, 'lines' | 'stimuli'>): number {
  let said = 0;
  for (const event of events) {
    if (event.kind === 'said' && event.line !== lines[said++]?.id) return Math.max(0, said - 2);
    if (event.kind !== 'stimulus' || event.sham) continue;
    const meant = stimuli.find(({ id }) => id === event.id)?.trigger.line;
    if (meant !== lines[said - 1]?.id)
      return Math.max(
        0,
        lines.findIndex(({ id }) => id === meant),
      );
  }
  return lines.length;
}

/** Where a known sound is audible once the codec has had it. */
export function truthIn(clean: Pcm, codec: Codec, quietDb: number): SoundTruth {
  const coded = toFloats(throughCodec(codec, clean, PHONE_RATE));
  const bounds = audibleBounds(coded, PHONE_RATE, quietDb);
  const { activeDb } = speechLevel(coded, PHONE_RATE);
  const stopDb = (activeDb > SILENCE_DB ? activeDb : METRONOME_DB) + STOP_DB;
  return {
    onsetMs: inMs(bounds?.onset ?? 0),
    loud: loudStretches(coded, stopDb),
    around: { firm: loudStretches(coded, stopDb + DOUBT_DB), faint: loudStretches(coded, stopDb - DOUBT_DB) },
  };
}

const inMs = (sample: number): number => (sample * 1000) / PHONE_RATE;

/** Stretches in which the level of 4 ms, at every sample, is above `thresholdDb`, between samples that themselves are. */
function loudStretches(samples: Float32Array, thresholdDb: number): Stretches {
  const half = (WINDOW_MS * PHONE_RATE) / 2000;
  const amplitude = dbToGain(thresholdDb);
  const sums = runningSquares(samples);
  const stretches: [number, number][] = [];
  let from: number | undefined;
  let last = 0;
  for (let i = 0; i <= samples.length; i++) {
    const [low, high] = [Math.max(0, i - half), Math.min(samples.length, i + half)];
    const power = ((sums[high] ?? 0) - (sums[low] ?? 0)) / (high - low);
    const loud = i < samples.length && power >= amplitude ** 2;
    if (loud && Math.abs(samples[i] ?? 0) >= amplitude) {
      from ??= i;
      last = i + 1;
    }
    if (loud || from === undefined) continue;
    stretches.push([inMs(from), inMs(last)]);
    from = undefined;
  }
  return stretches;
}

function runningSquares(samples: Float32Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) sums[i + 1] = (sums[i] ?? 0) + (samples[i] ?? 0) ** 2;
  return sums;
}
