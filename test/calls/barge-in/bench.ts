import { grammars, pronunciations } from '../../../agent/ear/grammars.ts';
import { OVERHEARD } from '../../../agent/ear/overheard.ts';
import { soundAgent } from '../../../agent/agent.ts';
import type { Engines } from '../../../agent/agent.ts';
import { tracksOf } from '../../../harness/call/record.ts';
import { PHONE_RATE, type Pcm } from '../../../harness/model/audio.ts';
import type { Leg } from '../../../harness/model/line.ts';
import type { CallEvent } from '../../../harness/model/record.ts';
import { chance, hashSeed } from '../../../harness/model/seed.ts';
import type { Ear } from '../../../harness/model/speech.ts';
import { after, ms } from '../../../harness/model/time.ts';
import type { Ms } from '../../../harness/model/time.ts';
import { makeBed } from '../../../harness/render/bed.ts';
import { speechRegions } from '../../../harness/speech/vad.ts';
import { detectActivity } from '../../../metrics/activity/detect.ts';
import { reactionsOf } from '../../../metrics/turns/reactions.ts';
import { utterancesOf } from '../../../metrics/turns/utterances.ts';
import cafe from '../../../personas/places/cafe.ts';
import { makeEvent, say } from './events.ts';
import type { EventKind, Half } from './halves.ts';
import { instant, makeScript, wordsOnTheWire } from './monologue.ts';
import type { Place, Script } from './monologue.ts';
import { soundOver } from './over-the-agent.ts';
import type { CalledOver, Observed, Staged } from './over-the-agent.ts';

/** Where the caller is. */
export type Room = 'quiet' | 'cafe';

/** An event, where it fell, and what an outsider saw of it on the wire. */
export interface Measured extends Observed {
  readonly half: Half['name'];
  readonly speaker: string;
  readonly room: Room;
  readonly place: Place;
  /** What the harness itself measures of it (metrics/turns/reactions.ts), ms. */
  readonly wire: { readonly stopMs: number | undefined; readonly hiccupsMs: readonly number[] };
  /** Words that sounded minus words believed, when the agent was cut. */
  readonly unsaid: number | undefined;
}

/** dBov of a cafe at 15 dB below a caller of nominal level. */
const CAFE_DB = -41;
/** Speaks well before anything is done to the agent, so that her level is known. */
const OPENING = 'hello, i would like to ask about my appointment please';

const places: readonly Place[] = ['first 300 ms', 'mid-word', 'clause end'];

/** Half of them want the floor. */
const order: readonly EventKind[] = [
  'interruption',
  'backchannel',
  'interruption',
  'cough',
  'interruption',
  'laugh',
  'interruption',
  'backchannel',
  'interruption',
  'noise',
  'interruption',
  'far speaker',
  'interruption',
  'nothing',
];

/** Readies an ear for what the bench's agent listens for. */
export async function readyEar(ear: Ear): Promise<void> {
  await ear.prepare({ day: grammars['day'] ?? '', [OVERHEARD]: grammars[OVERHEARD] ?? '' }, pronunciations);
}

/** Every event of one call: the `nth` of its half. */
export async function benchCall(
  half: Half,
  nth: number,
  events: number,
  engines: Engines,
): Promise<readonly Measured[]> {
  const speaker = half.speakers[nth % half.speakers.length] ?? { name: 'slt', size: 1 };
  const far = half.speakers[(nth + 1) % half.speakers.length] ?? speaker;
  const room: Room = (nth + Math.floor(nth / half.speakers.length)) % 2 === 0 ? 'quiet' : 'cafe';
  const dice = chance(hashSeed('bench', half.name, nth));
  const { voice } = engines;
  const script = await makeScript(voice, soundAgent(engines).choice, 8000);
  const cast = { voice, half, caller: speaker, far };
  const counts = new Map<EventKind, number>();
  const staged: (Staged & { readonly place: Place })[] = [];
  for (let i = 0; i < events; i++) {
    const kind = order[i % order.length] ?? 'interruption';
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const place = places[(count + nth) % places.length] ?? 'mid-word';
    const event = await makeEvent(kind, count + 7 * nth, cast);
    staged.push({ event, place, atMs: instant(place, script, dice) });
  }
  const { samples: opening } = await say(voice, speaker, { text: OPENING, gainDb: 0, rate: 1 });
  const bed = room === 'cafe' ? makeBed(cafe, CAFE_DB, hashSeed(half.name, nth), PHONE_RATE) : undefined;
  const called = await soundOver(staged, { engines, bed, opening });
  const seen = await onTheWire(called);
  return called.observed.map((one, i) => ({
    ...one,
    half: half.name,
    speaker: `${speaker.name} ${speaker.size}`,
    room,
    place: staged[i]?.place ?? 'mid-word',
    wire: seen[i] ?? { stopMs: undefined, hiccupsMs: [] },
    unsaid: unsaid(one, called.leg, script),
  }));
}

/** What the harness sees of each event in the agent's audio. */
async function onTheWire({ observed, leg }: CalledOver): Promise<readonly Measured['wire'][]> {
  const activity = await detectActivity(tracksOf(leg, ms(0)), undefined, [], speechRegions);
  const reactions = reactionsOf(observed.map(stimulus), utterancesOf(activity.agent));
  return reactions.map(({ event, stop, hiccups = [] }) => ({
    stopMs: stop === undefined ? undefined : stop - event.onset,
    hiccupsMs: hiccups.map(({ from, to }) => to - from),
  }));
}

function stimulus({ event, onset }: Observed, index: number): CallEvent {
  const end = after(onset, event.endMs - event.onsetMs);
  return {
    source: 'caller',
    kind: 'stimulus',
    at: onset,
    id: String(index),
    stimulus: event.kind === 'interruption' ? 'interruption' : 'noise',
    sham: false,
    takesFloor: event.kind === 'interruption',
    text: event.what,
    intended: onset,
    onset,
    intent: end,
    end,
    facts: {},
  };
}

/** Of a cut utterance: words that sounded minus words the agent believes it said. */
function unsaid({ begun, onset, stopMs, believed }: Observed, leg: Leg, script: Script): number | undefined {
  if (stopMs === undefined || believed === undefined) return undefined;
  const wire = sounding(leg, begun, after(onset, stopMs + 40));
  const words = believed.split(' ').filter(Boolean).length;
  return (wire.length === 0 ? 0 : wordsOnTheWire(wire, onset - begun - BROKEN_MS, script)) - words;
}

/** A word broken off is begun again: so much of the utterance may sound twice, ms. */
const BROKEN_MS = 600;
/** Amplitude that is no longer the line's floor. */
const AUDIBLE = 200;

/** The agent's audio from `from` to its last audible sample before `to`. */
function sounding({ receivedAudio, maps }: Leg, from: Ms, to: Ms): Pcm {
  const [map] = maps;
  const at = (time: Ms): number =>
    map ? Math.max(0, map.from + Math.round((time - map.originMs) / map.msPerSample)) : 0;
  const whole = receivedAudio.subarray(at(from), at(to));
  return whole.subarray(0, whole.findLastIndex((sample) => Math.abs(sample) > AUDIBLE) + 1);
}
