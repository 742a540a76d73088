import { DialFailed } from '../model/line.ts';
import type { Line, Notice } from '../model/line.ts';
import { PHONE_RATE, type Pcm } from '../model/audio.ts';
import { halver } from '../model/half-band.ts';
import type { CallEvent } from '../model/record.ts';
import { after } from '../model/time.ts';
import type { Clock, Ms } from '../model/time.ts';
import { deskName } from './desk.ts';
import { callerEar } from './ear.ts';
import type { FloorEvent } from './floor-state.ts';

/** How long the agent may stay on the line after it has put her through, ms. */
const LINGER_MS = 4000;

/** What comes in from the other side, as it comes. */
export interface Incomings {
  agent(event: FloorEvent): void;
  /** Audio of the other side's speech. */
  speech(samples: Pcm): void;
  saw(event: CallEvent): void;
  /** The desk's audio has begun. */
  joined(): void;
}

/** The leg to the agent, and the one to the desk once she was put through. */
export interface Legs {
  /** The one she speaks on. */
  current(): Line;
  desk(): Line | undefined;
  /** Resolves when all of them have ended. */
  readonly ended: Promise<void>;
}

/** Listens on `line`, and follows the agent's transfers from there. */
export function joinLegs(line: Line, clock: Clock, incomings: Incomings): Legs {
  let current = line;
  let desk: Line | undefined;
  const going: Promise<unknown>[] = [];
  const begin = (work: Promise<unknown>): void => {
    // Its failure is heard of when all is awaited at the end.
    work.catch(() => undefined);
    going.push(work);
  };

  const read = async (leg: Line): Promise<void> => {
    const thinner = leg.format.rate === PHONE_RATE ? undefined : halver();
    const ear = callerEar(PHONE_RATE);
    let first = leg !== line;
    for await (const item of leg.incoming) {
      if (item.kind === 'key') {
        incomings.saw({ source: 'wire', kind: 'key', at: item.arrivedAt, key: item.key });
      } else if (item.kind === 'notice') {
        if (leg === current) onNotice(item.notice, item.arrivedAt);
      } else if (leg === current && item.kind === 'audio') {
        if (first) joined(leg, item.arrivedAt);
        first = false;
        // Gate and minds hear a telephone's band, whatever the phone's; the filter makes them 2 ms late.
        const heard = thinner ? thinner.next(item.samples) : item.samples;
        const changes = ear.hear(heard, item.arrivedAt);
        for (const samples of ear.speech) incomings.speech(samples);
        for (const change of changes) incomings.agent(change);
      }
    }
    await leg.ended;
  };

  const joined = (leg: Line, at: Ms): void => {
    desk = leg;
    incomings.saw({ source: 'wire', kind: 'desk-joined', at, desk: deskName(referredTo) });
    incomings.agent({ kind: 'joined', at });
    incomings.joined();
  };

  let referredTo = '';
  const onNotice = (notice: Notice, at: Ms): void => {
    if (notice.kind !== 'refer') return;
    referredTo = notice.to;
    const context = notice.context === undefined ? {} : { context: notice.context };
    incomings.saw({ source: 'wire', kind: 'refer', at, to: notice.to, ...context });
    incomings.agent({ kind: 'transferring', at });
    begin(follow(notice));
  };

  const follow = async (notice: Extract<Notice, { kind: 'refer' }>): Promise<void> => {
    try {
      const next = await notice.follow();
      const left = current;
      current = next;
      begin(read(next));
      begin(partFrom(left));
    } catch (error) {
      if (!(error instanceof DialFailed)) throw error;
      const at = clock.now();
      incomings.saw({ source: 'wire', kind: 'transfer-failed', at, detail: error.ending.detail });
      incomings.agent({ kind: 'returned', at });
    }
  };

  /** The agent hangs up once the transfer is done; if it does not, she does. */
  const partFrom = async (left: Line): Promise<void> => {
    const ended = new AbortController();
    void left.ended.then(() => ended.abort());
    await clock.sleepUntil(after(clock.now(), LINGER_MS), ended.signal);
    if (!ended.signal.aborted) await left.hangUp();
  };

  const all = async (): Promise<void> => {
    await read(line);
    while (going.length > 0) await Promise.all(going.splice(0));
  };
  return { current: () => current, desk: () => desk, ended: all() };
}
