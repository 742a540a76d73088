import type { CallView } from '../../harness/model/metric.ts';
import type { Sounding } from '../../harness/model/activity.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { handoffOf } from './handoff.ts';
import { lengthOf, spanOf } from './spans.ts';

type Said = Extract<CallEvent, { kind: 'said' }>;

/** Topic of the question whether she wants to be put through. */
const OFFER = 'handoff-consent';

/** A mumbled way of a line, and what the agent did about it. */
export interface Repair {
  readonly said: Said;
  /** The agent asked again: she said the same line again; or offered her a person: she answered that; or handed her over. */
  readonly outcome: 'asked-again' | 'offered' | 'handed-over' | 'went-on' | 'call-over';
  /** What the agent said in between: its request to say it again. */
  readonly prompt: readonly Sounding[];
}

/** One repair for every mumbled line said to the agent. A caller by script never repeats, so it shows none. */
export function repairsOf(call: CallView): readonly Repair[] {
  if (call.plan.mind === 'script') return [];
  const lines = call.events.filter((event): event is Said => event.kind === 'said' && !event.desk);
  return lines.flatMap((said, i) => (said.mumbled ? [repairOf(call, said, lines[i + 1])] : []));
}

function repairOf(call: CallView, said: Said, next: Said | undefined): Repair {
  const until = next?.onset ?? call.over;
  const prompt = call.utterances.filter(({ onset }) => onset >= said.onset && onset > said.end - 200 && onset < until);
  if (next) return { said, outcome: outcomeBefore(call, said, next), prompt };
  const handoff = handoffOf(call);
  return { said, outcome: handoff && handoff.at > said.end ? 'handed-over' : 'call-over', prompt };
}

/** What the agent must have said for her to go on as she did: to an offer of a person she says yes or no, or she heard one. */
function outcomeBefore(call: CallView, said: Said, next: Said): Repair['outcome'] {
  const heard = call.events.some(
    (event) => event.kind === 'heard' && event.topic === OFFER && event.at >= said.end && event.at <= next.onset,
  );
  if (next.topic === OFFER || heard) return 'offered';
  return next.line === said.line && next.way > said.way ? 'asked-again' : 'went-on';
}

/** Audible length of what the agent said, ms: two renderings of one sentence by one voice have the same. */
export const audible = (prompt: readonly Sounding[]): number =>
  prompt.reduce((sum, utterance) => sum + lengthOf(spanOf(utterance)), 0);

/** Every line said clearly and to the end, and whether the agent had her say it again. None for a caller by script. */
export function clearAsksOf(call: CallView): readonly { readonly said: Said; readonly again: boolean }[] {
  if (call.plan.mind === 'script') return [];
  const lines = call.events.filter((event): event is Said => event.kind === 'said' && !event.desk);
  return lines.flatMap((said, i) => {
    const next = lines[i + 1];
    return said.mumbled || said.cut ? [] : [{ said, again: next?.line === said.line && next.way > said.way }];
  });
}
