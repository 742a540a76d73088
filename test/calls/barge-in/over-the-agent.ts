import { answerCall, soundAgent } from '../../../agent/agent.ts';
import type { Engines } from '../../../agent/agent.ts';
import { blank, say } from '../../../agent/brain/dialogue.ts';
import type { Brain } from '../../../agent/brain/dialogue.ts';
import type { Burst, Floor } from '../../../agent/floor/state.ts';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import loopback from '../../../harness/lines/loopback.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import type { Leg } from '../../../harness/model/line.ts';
import type { OfficeReply, OfficeRequest } from '../../../harness/model/office.ts';
import { after } from '../../../harness/model/time.ts';
import type { Ms } from '../../../harness/model/time.ts';
import type { SoundedEvent } from './events.ts';
import { MONOLOGUE } from './monologue.ts';

/** Something the agent did or was told, and when. */
export interface Noted {
  readonly at: Ms;
  readonly what: string;
}

/** An event and what the agent did about it. */
export interface Observed {
  readonly event: SoundedEvent;
  /** Her first audible instant. */
  readonly onset: Ms;
  /** When the utterance it fell into began. */
  readonly begun: Ms;
  /** From her onset to the silence that lasted; undefined when it spoke on. */
  readonly stopMs: number | undefined;
  /** Silences that were undone. */
  readonly hiccupsMs: readonly number[];
  /** What the agent believes it said of the utterance, when it was cut. */
  readonly believed: string | undefined;
  /** All that the floor did about it, ms from her onset, for whoever wants to know why. */
  readonly course: readonly Noted[];
}

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

/** What sounds, and when: ms into an utterance of the agent's. */
export interface Staged {
  readonly event: SoundedEvent;
  readonly atMs: number;
}

/** A call's events and its books. */
export interface CalledOver {
  readonly observed: readonly Observed[];
  readonly leg: Leg;
}

/** One call in virtual time in which each event sounds over the agent, one per utterance. */
export async function soundOver(staged: readonly Staged[], { engines, bed, opening }: Setting): Promise<CalledOver> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const sound = soundAgent(engines);
  const log: Noted[] = [];
  const note = (what: string): void => void log.push({ at: clock.now(), what });
  const floor: Floor = (state, event, manners) => {
    const step = sound.floor(state, event, manners);
    if (event.kind === 'say' || event.kind === 'said') note(event.kind);
    if (event.kind === 'understood') note(`(${event.gist}${event.final ? ', final' : ''})`);
    for (const what of step[1]) note(what);
    if (step[1].includes('cut') || step[1].includes('unduck')) note(evidence(state.burst));
    return step;
  };
  const office = {
    ask: async (request: OfficeRequest): Promise<OfficeReply> => {
      if (request.kind === 'claim' && request.claim.what === 'said') note(`believes: ${request.claim.text}`);
      return { kind: 'done', id: 'r' };
    },
  };
  const parts = { ...sound, floor, brain: talker, manners: { ...sound.manners, silenceMs: 600 } };
  const troubles: string[] = [];
  const world = { clock, signal, seed: 1, office: () => office };
  const lastOf = (...whats: readonly string[]): Noted | undefined => log.findLast(({ what }) => whats.includes(what));
  const speaking = (): boolean => lastOf('say', 'said')?.what === 'say';
  const until = async (held: () => boolean): Promise<void> => {
    for (let waited = 0; waited < 30_000 && !held(); waited += 20) await clock.sleepUntil(after(clock.now(), 20));
  };
  const whole = async (): Promise<CalledOver> => {
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
    for (const { event, atMs } of staged) {
      await until(speaking);
      const begun = lastOf('say')?.at ?? clock.now();
      await clock.sleepUntil(after(begun, atMs - event.onsetMs));
      const playing = line.play([event.samples]);
      const onset = after((await playing.started) ?? clock.now(), event.onsetMs);
      await playing.done;
      await clock.sleepUntil(after(onset, event.endMs - event.onsetMs + 1200));
      observed.push({ event, begun, onset, ...reaction(log, onset, clock.now()) });
      await until(() => !speaking());
    }
    await line.hangUp();
    await answered;
    await transport.close();
    return { observed, leg: line.leg() };
  };
  const called = await clock.run(whole());
  if (troubles.length > 0) throw new Error(troubles.join('; '));
  return called;
}

/** What the floor decided by. */
const evidence = (burst: Burst | undefined): string =>
  burst
    ? `[loud ${burst.loudMs}, near ${burst.nearMs}, clear ${burst.clearMs}, anew ${burst.anewMs}, quiet ${burst.quietMs}]`
    : '[]';

function reaction(log: readonly Noted[], onset: Ms, until: Ms): Omit<Observed, 'event' | 'onset' | 'begun'> {
  const hiccupsMs: number[] = [];
  const course = log.filter((entry) => entry.at >= onset - 100 && entry.at <= until);
  const relative = course.map(({ at, what }) => ({ at: after(at, -onset), what }));
  let silentSince: Ms | undefined;
  for (const { at, what } of course) {
    if (what === 'duck') silentSince ??= at;
    if (what === 'unduck' && silentSince !== undefined) {
      hiccupsMs.push(at - silentSince);
      silentSince = undefined;
    }
    if (what === 'cut' || (what === 'said' && silentSince !== undefined)) {
      const words = course.find((entry) => entry.at >= at && entry.what.startsWith('believes: '))?.what;
      const believed = words?.slice('believes: '.length);
      return { stopMs: (silentSince ?? at) + FRAME_MS - onset, hiccupsMs, believed, course: relative };
    }
  }
  return { stopMs: undefined, hiccupsMs, believed: undefined, course: relative };
}
