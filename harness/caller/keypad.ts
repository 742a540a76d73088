import type { DtmfKey, Line } from '../model/line.ts';
import type { PlannedStimulus } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import { after } from '../model/time.ts';
import type { Clock, Ms } from '../model/time.ts';
import type { Saying } from './agenda.ts';

type Said = Extract<CallEvent, { kind: 'said' }>;
type Stimulus = Extract<CallEvent, { kind: 'stimulus' }>;

/** From one key to the next, as people type a number they know, ms. */
const KEY_EVERY_MS = 300;
/** How long a key is held (RFC 4733), ms. */
const KEY_MS = 100;

/** When the first key went down and the last one came up. */
interface Pressed {
  readonly from: Ms;
  readonly to: Ms;
}

/** Presses `keys`, the first one at `at`; undefined when the call was over before the last. */
async function press(
  keys: readonly DtmfKey[],
  at: Ms,
  line: Line,
  clock: Clock,
  over: AbortSignal,
): Promise<Pressed | undefined> {
  let from: Ms | undefined;
  for (const [index, key] of keys.entries()) {
    await clock.sleepUntil(after(at, index * KEY_EVERY_MS), over);
    if (over.aborted) return undefined;
    line.sendKey(key);
    from ??= clock.now();
  }
  return from === undefined ? undefined : { from, to: after(clock.now(), KEY_MS) };
}

/** Presses the keys that go with a line that was said to its end: the turn is over when the last one is released. */
export async function thenKeys(said: Said, saying: Saying, line: Line, clock: Clock, over: AbortSignal): Promise<Said> {
  const keys = saying.way === 0 && !said.cut ? (saying.line.keys ?? []) : [];
  if (keys.length === 0) return said;
  const pressed = await press(keys, after(clock.now(), KEY_EVERY_MS), line, clock, over);
  return pressed ? { ...said, keys, end: pressed.to } : { ...said, facts: {}, cut: true };
}

/** Presses the keys of a stimulus at `at`, or only says when a sham would have; undefined when the call was over by then. */
export async function stimulusKeys(
  stimulus: PlannedStimulus,
  at: Ms,
  line: Line,
  clock: Clock,
  over: AbortSignal,
): Promise<Stimulus | undefined> {
  const keys = stimulus.keys ?? [];
  const sham = { from: at, to: after(at, (keys.length - 1) * KEY_EVERY_MS + KEY_MS) };
  const pressed = stimulus.sham ? sham : await press(keys, at, line, clock, over);
  return (
    pressed && {
      source: 'caller',
      kind: 'stimulus',
      at: pressed.from,
      id: stimulus.id,
      stimulus: stimulus.kind,
      sham: stimulus.sham,
      takesFloor: stimulus.takesFloor,
      text: '',
      intended: at,
      onset: pressed.from,
      intent: pressed.from,
      end: pressed.to,
      facts: stimulus.sham ? {} : stimulus.facts,
      keys,
    }
  );
}
