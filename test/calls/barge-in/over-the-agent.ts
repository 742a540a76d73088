import { answerCall, soundAgent } from '../../../agent/agent.ts';
import type { Engines } from '../../../agent/agent.ts';
import { blank, say } from '../../../agent/brain/dialogue.ts';
import type { Brain } from '../../../agent/brain/dialogue.ts';
import type { Floor } from '../../../agent/floor/state.ts';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import loopback from '../../../harness/lines/loopback.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { after } from '../../../harness/model/time.ts';
import type { Ms } from '../../../harness/model/time.ts';
import type { SoundedEvent } from './events.ts';

/** What the agent did about an event. */
export interface Observed {
  readonly event: SoundedEvent;
  /** From her onset to the silence that lasted; undefined when it spoke on. */
  readonly stopMs: number | undefined;
  /** Silences that were undone. */
  readonly hiccupsMs: readonly number[];
}

const MONOLOGUE =
  'We are open Monday to Friday, from eight in the morning until five in the afternoon, and the building has parking at the back of the house.';
/** The agent falls silent with the frame after its decision. */
const FRAME_MS = 20;

/** An agent that never runs out of things to say, about nothing that was heard. */
const talker: Brain = {
  begin: { ...blank, asked: 'day' },
  take: (dialogue, cue) => (cue.kind === 'cut' ? [dialogue, []] : [dialogue, [say(MONOLOGUE)]]),
};

/** What a call is made with. */
export interface Setting {
  readonly engines: Engines;
  /** Her place's noise; undefined for a quiet one. */
  readonly bed: Pcm | undefined;
  /** Something she says in peace first, so that her level is known. */
  readonly opening: Pcm;
}

/** One call in virtual time in which each of `events` sounds over the agent, one per utterance, `offsets` ms into it. */
export async function soundOver(
  events: readonly SoundedEvent[],
  offsets: readonly number[],
  { engines, bed, opening }: Setting,
): Promise<readonly Observed[]> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const sound = soundAgent(engines);
  const log: { readonly at: Ms; readonly what: string }[] = [];
  const floor: Floor = (state, event, manners) => {
    const step = sound.floor(state, event, manners);
    const told = event.kind === 'say' || event.kind === 'said' ? [event.kind] : [];
    log.push(...[...told, ...step[1]].map((what) => ({ at: clock.now(), what })));
    return step;
  };
  const parts = { ...sound, floor, brain: talker, manners: { ...sound.manners, silenceMs: 600 } };
  const troubles: string[] = [];
  const world = { clock, signal, seed: 1, office: () => ({ ask: async () => ({ kind: 'done', id: 'r' }) as const }) };
  const speaking = (): boolean => log.findLast(({ what }) => what === 'say' || what === 'said')?.what === 'say';
  const until = async (held: () => boolean): Promise<void> => {
    for (let waited = 0; waited < 30_000 && !held(); waited += 20) await clock.sleepUntil(after(clock.now(), 20));
  };
  const whole = async (): Promise<readonly Observed[]> => {
    const transport = await loopback.open(clock);
    let answered = Promise.resolve();
    const trouble = (text: string): void => void troubles.push(text);
    await transport.listen('loopback:agent', (call) => (answered = answerCall(call, parts, { ...world, trouble })));
    const phone = { codec: 'PCMU', loss: 0 } as const;
    const ctx = { clock, signal, phone, seed: 2, headers: {}, ...(bed && { bed }) };
    const line = await transport.dial({ address: 'loopback:agent' }, ctx);
    await until(() => log.length > 0 && !speaking());
    await line.play([opening]).done;
    const observed: Observed[] = [];
    for (const [index, event] of events.entries()) {
      await until(speaking);
      const begun = log.findLast(({ what }) => what === 'say')?.at ?? clock.now();
      await clock.sleepUntil(after(begun, offsets[index] ?? 0));
      const playing = line.play([event.samples]);
      const onset = after((await playing.started) ?? clock.now(), event.onsetMs);
      await playing.done;
      await clock.sleepUntil(after(onset, event.endMs - event.onsetMs + 1200));
      observed.push({ event, ...reaction(log, onset, clock.now()) });
      await until(() => !speaking());
    }
    await line.hangUp();
    await answered;
    await transport.close();
    return observed;
  };
  const observed = await clock.run(whole());
  if (troubles.length > 0) throw new Error(troubles.join('; '));
  return observed;
}

function reaction(
  log: readonly { readonly at: Ms; readonly what: string }[],
  onset: Ms,
  until: Ms,
): Pick<Observed, 'stopMs' | 'hiccupsMs'> {
  const hiccupsMs: number[] = [];
  let silentSince: Ms | undefined;
  for (const { at, what } of log.filter((entry) => entry.at >= onset - 100 && entry.at <= until)) {
    if (what === 'duck') silentSince ??= at;
    if (what === 'unduck' && silentSince !== undefined) {
      hiccupsMs.push(at - silentSince);
      silentSince = undefined;
    }
    if (what === 'cut' || (what === 'said' && silentSince !== undefined))
      return { stopMs: (silentSince ?? at) + FRAME_MS - onset, hiccupsMs };
  }
  return { stopMs: undefined, hiccupsMs };
}
