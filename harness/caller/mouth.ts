import type { Line, Played, Playing } from '../model/line.ts';
import type { PlannedStimulus } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import type { Clip, Rendered } from '../model/rendered.ts';
import { after, samplesToMs } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import { CallFault } from '../model/errors.ts';
import { mannerOf } from './agenda.ts';
import type { Saying } from './agenda.ts';
import type { Leads } from './triggers.ts';

type Said = Extract<CallEvent, { kind: 'said' }>;
type Stimulus = Extract<CallEvent, { kind: 'stimulus' }>;

/** The clip of a way of saying a line. Throws CallFault when nobody rendered it. */
export function lineClip(rendered: Rendered, { line, way }: Saying): Clip {
  const id = way === 0 ? line.id : `${line.id}#${way}`;
  return found(rendered.lines.get(id), `line ${id}`);
}

/** The clip of a stimulus. Throws CallFault when nobody rendered it. */
export function stimulusClip(rendered: Rendered, stimulus: PlannedStimulus): Clip {
  return found(rendered.stimuli.get(stimulus.id), `stimulus ${stimulus.id}`);
}

/** What leaves before each stimulus is first audible. */
export const leadsOf = ({ stimuli }: Rendered): Leads =>
  new Map([...stimuli].map(([id, clip]) => [id, samplesToMs(clip.onset, clip.rate)]));

function found(clip: Clip | undefined, what: string): Clip {
  if (clip) return clip;
  throw new CallFault('not-rendered', `${what} was not rendered before the call`);
}

/** Hands a clip over so that its first audible sample leaves at `audibleAt`. */
export const sayAt = (line: Line, clip: Clip, audibleAt: Ms): Playing =>
  line.play([clip.samples], after(audibleAt, -samplesToMs(clip.onset, clip.rate)));

/** Instant of sample `index` of a clip that began to leave at `startedAt`. */
const instant = (clip: Clip, startedAt: Ms, index: number): Ms => after(startedAt, samplesToMs(index, clip.rate));

/** What was said, from the send stamps; undefined when nothing audible left. */
export function saidEvent(saying: Saying, clip: Clip, played: Played, desk: boolean): Said | undefined {
  const { startedAt } = played;
  const left = Math.min(played.samples, clip.samples.length);
  if (startedAt === undefined || left <= clip.onset) return undefined;
  const cut = left < clip.end;
  const end = Math.min(clip.end, left);
  const onset = instant(clip, startedAt, clip.onset);
  const pauses = clip.pauses.filter((pause) => pause.to <= end);
  return {
    source: 'caller',
    kind: 'said',
    at: onset,
    line: saying.line.id,
    topic: saying.line.topic,
    text: clip.text,
    way: saying.way,
    mumbled: mannerOf(saying).mumbled === true,
    onset,
    end: instant(clip, startedAt, end),
    pauses: pauses.map(({ from, to, ...kind }) => ({
      from: instant(clip, startedAt, from),
      to: instant(clip, startedAt, to),
      ...kind,
    })),
    facts: cut ? {} : saying.line.facts,
    cut,
    desk,
  };
}

/** What was done to the agent; a sham that was not played carries the instants it would have had. */
export function stimulusEvent(stimulus: PlannedStimulus, clip: Clip, intended: Ms, startedAt: Ms): Stimulus {
  const onset = instant(clip, startedAt, clip.onset);
  return {
    source: 'caller',
    kind: 'stimulus',
    at: onset,
    id: stimulus.id,
    stimulus: stimulus.kind,
    sham: stimulus.sham,
    takesFloor: stimulus.takesFloor,
    text: clip.text,
    intended,
    onset,
    intent: instant(clip, startedAt, clip.intent),
    end: instant(clip, startedAt, clip.end),
    facts: stimulus.sham ? {} : stimulus.facts,
  };
}
