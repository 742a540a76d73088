import type { Score, ScoredCall } from '../../harness/model/metric.ts';
import type { MetronomeAct, Programmed, SoundTruth, Stretches } from '../../harness/model/metronome.ts';

/**
 * A boundary whose error is told: with an edge or a voice's own, with a soft onset, faded out, and cut in a sound so
 * weak that 3 dB decide where 20 dB below the rest was last reached.
 */
export type Boundary = 'turn_latency' | 'soft_onset' | 'stop_time' | 'faded_stop' | 'weak_stop';

/** One programmed boundary beside what was measured of it. */
export interface Compared {
  readonly boundary: Boundary;
  readonly is: 'measured' | 'missed' | 'not-kept';
  /** Measured minus programmed; 0 unless measured. */
  readonly errorMs: number;
}

/** A straight fade is 20 dB down after this share of its length. */
const FADED = 0.9;
/** Further apart than this, what is 17 and what is 23 dB below the rest are two different stops, ms. */
const FIRM_WITHIN = 5;

/** Every reply and stop programmed in a call, with the error of its measurement. Empty for any other call. */
export function errorsOf(call: ScoredCall): readonly Compared[] {
  const { programmed } = call;
  if (!programmed) return [];
  const latencies = observed(call, 'turn_latency');
  const stops = observed(call, 'stop_time');
  return call.plan.lines.flatMap(({ id }, index) => {
    const { act, truth } = actAt(programmed, index);
    if (!act || !truth) return [];
    const kept = !programmed.notKept.includes(index);
    const reply = latencies.get(id);
    const stimulus = call.plan.stimuli.find(({ trigger }) => trigger.line === id);
    const stop = stimulus && stops.get(stimulus.id);
    return [
      ...(act.inPause?.kind === 'cut-in' ? [] : [replyError(act, truth, reply, kept)]),
      ...(stimulus ? stopErrors(act, truth, { reply, stop, kept }) : []),
    ];
  });
}

/** The act the metronome does about a call's line `index`. */
export function actAt(
  { programme, truths }: Programmed,
  index: number,
): { readonly act: MetronomeAct | undefined; readonly truth: SoundTruth | undefined } {
  const at = index % Math.max(1, programme.acts.length);
  return { act: programme.acts[at], truth: truths[at] };
}

const observed = (call: ScoredCall, metric: string): ReadonlyMap<string, Score> =>
  new Map(
    call.scores
      .filter((score) => score.metric === metric && !score.class.startsWith('sham:'))
      .map((score) => [score.of, score]),
  );

function replyError(act: MetronomeAct, truth: SoundTruth, score: Score | undefined, kept: boolean): Compared {
  const boundary = act.sound.kind === 'vowel' && act.sound.risesMs > 0 ? 'soft_onset' : 'turn_latency';
  return compared(boundary, score, act.replyMs + truth.onsetMs, kept);
}

interface Stopped {
  readonly reply: Score | undefined;
  readonly stop: Score | undefined;
  readonly kept: boolean;
}

function stopErrors(act: MetronomeAct, truth: SoundTruth, { reply, stop, kept }: Stopped): readonly Compared[] {
  if (!act.stop) return stop?.censored === false ? [{ boundary: 'stop_time', is: 'missed', errorMs: 0 }] : [];
  const { afterMs, fadeMs } = act.stop;
  if (fadeMs > 0) return [compared('faded_stop', stop, afterMs + FADED * fadeMs, kept)];
  if (!reply || !stop) return [compared('stop_time', stop, afterMs, kept)];
  const cut = stop.at + afterMs - (reply.at + act.replyMs);
  const boundary = isFirm(truth, cut) ? 'stop_time' : 'weak_stop';
  return [compared(boundary, stop, afterMs - quietBefore(truth.loud, cut), kept)];
}

/**
 * How long before it was cut at `cut` a sound had last been loud: a voice may be cut in the closure of a plosive. Where
 * the cut fell in the sound follows from her line's end, the programmed reply and her stimulus's onset.
 */
function quietBefore(loud: Stretches, cut: number): number {
  const last = loud.findLast(([from]) => from < cut);
  return last ? Math.max(0, cut - last[1]) : 0;
}

function isFirm({ around }: SoundTruth, cut: number): boolean {
  return !around || quietBefore(around.firm, cut) - quietBefore(around.faint, cut) <= FIRM_WITHIN;
}

function compared(boundary: Boundary, score: Score | undefined, programmed: number, kept: boolean): Compared {
  if (!kept) return { boundary, is: 'not-kept', errorMs: 0 };
  if (!score || score.censored) return { boundary, is: 'missed', errorMs: 0 };
  return { boundary, is: 'measured', errorMs: score.value - programmed };
}
