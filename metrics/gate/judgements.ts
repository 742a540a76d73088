import type { ScoredCall } from '../../harness/model/metric.ts';
import { actAt } from './metronome-errors.ts';

/** A yes or no the instrument says: she was let in within a second; the agent cut in; what it said in her pause was a mere backchannel. */
export type Judged = 'yielded' | 'cut_in' | 'backchannel';

/** One of them beside what was programmed. */
export interface Judgement {
  readonly judged: Judged;
  readonly programmed: boolean;
  readonly seen: boolean;
}

/** An interruption counts as let in within this, ms (measure `yield_rate`). */
const YIELDS_WITHIN = 1000;

/** Every verdict in a metronome call that was programmed one way or the other. Empty for any other call. */
export function judgementsOf(call: ScoredCall): readonly Judgement[] {
  const { programmed, plan, scores } = call;
  if (!programmed) return [];
  const valueOf = (metric: string, of: string, kind: string): number | undefined =>
    scores.find((score) => score.metric === metric && score.of === of && score.class === kind)?.value;
  return plan.lines.flatMap(({ id, topic }, index): readonly Judgement[] => {
    const { act } = actAt(programmed, index);
    if (!act || programmed.notKept.includes(index)) return [];
    const stimulus = plan.stimuli.find(({ trigger }) => trigger.line === id);
    const yielded = stimulus && valueOf('yield_rate', stimulus.id, stimulus.kind);
    if (yielded !== undefined) {
      const stops = act.stop !== undefined && act.stop.afterMs + act.stop.fadeMs <= YIELDS_WITHIN;
      return [{ judged: 'yielded', programmed: stops, seen: yielded === 1 }];
    }
    const cutIn = topic === 'pause' ? valueOf('cut_in', id, 'pause') : undefined;
    if (cutIn === undefined) return [];
    const seen = cutIn === 1;
    const taken: Judgement = { judged: 'cut_in', programmed: act.inPause?.kind === 'cut-in', seen };
    if (!act.inPause) return [taken];
    return [taken, { judged: 'backchannel', programmed: act.inPause.kind === 'backchannel', seen: !seen }];
  });
}
