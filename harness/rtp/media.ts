import { Worker } from 'node:worker_threads';
import { UsageError } from '../model/errors.ts';
import type { Clock } from '../model/time.ts';
import type { FromWorker, ToWorker } from './mail.ts';
import { MediaLeg } from './media-leg.ts';

/** A clock that other threads can share by its zero on CLOCK_MONOTONIC: `realClock()`. */
type SharedClock = Clock & { readonly zeroNs: bigint };

/** What a leg is opened with. */
export interface LegOpening {
  /** The call's clock; stamps are on it. */
  readonly clock: Clock;
  /** Address to bind, `127.0.0.1` by default. */
  readonly host?: string;
  /** What only this media's kind of port needs; plain data. */
  readonly plan?: object;
}

/** The media thread of one transport, shared by all its calls. */
export interface Media {
  /** Whether the thread was given a higher priority than the rest. */
  readonly raised: boolean;
  /** Resolves if the thread dies, which it never should; all legs have closed by then. */
  readonly failed: Promise<Error>;
  /** Binds a port. Rejects with CallFault when there is none. */
  open(opening?: LegOpening): Promise<MediaLeg>;
  /** Stops the thread and whatever legs are left. Safe to call twice. */
  close(): Promise<void>;
}

/** Where the media loop runs: a thread or a process of its own. */
export interface MediaHost {
  post(mail: ToWorker): void;
  onMail(take: (mail: FromWorker) => void): void;
  /** Resolves when it is gone, however that came about. */
  readonly exited: Promise<void>;
  readonly failed: Promise<Error>;
}

/** Starts the media thread of the lines that send through UDP sockets. Throws UsageError for a clock that is not real. */
export async function openMedia(clock: Clock): Promise<Media> {
  return openMediaAt(inThread, clock);
}

/** Media that runs where `host` starts it. Throws UsageError for a clock that is not real. */
export async function openMediaAt(host: () => MediaHost, clock: Clock): Promise<Media> {
  const zeroOf = (of: Clock): bigint => shared(of).zeroNs;
  zeroOf(clock);
  const { post, onMail, exited, failed } = host();
  const legs = new Map<number, MediaLeg>();
  const ready = new Promise<boolean>((resolve) => {
    onMail((mail) => {
      if (mail.kind === 'ready') resolve(mail.raised);
      else if (mail.kind === 'news') for (const { leg, news } of mail.batch) legs.get(leg)?.take(news);
      else legs.get(mail.leg)?.receive(mail);
    });
  });
  const raised = await Promise.race([ready, failed.then((reason) => Promise.reject(reason))]);
  let gone = false;
  const loseAll = async (): Promise<void> => {
    await exited;
    gone = true;
    for (const leg of legs.values()) leg.lose();
  };
  void loseAll();
  let opened = 0;
  return {
    raised,
    failed,
    open: async (opening = { clock }) => {
      const id = opened++;
      const leg = new MediaLeg(id, post);
      legs.set(id, leg);
      void leg.closed.then(() => legs.delete(id));
      const { plan, host: bound = '127.0.0.1' } = opening;
      if (gone) leg.lose();
      else post({ kind: 'open', leg: id, host: bound, zeroNs: zeroOf(opening.clock), ...(plan && { plan }) });
      await leg.opened;
      return leg;
    },
    close: async () => {
      await Promise.all([...legs.values()].map((leg) => leg.stop()));
      post({ kind: 'close' });
      await exited;
    },
  };
}

function inThread(): MediaHost {
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));
  return {
    post: (mail) => worker.postMessage(mail, []),
    onMail: (take) => void worker.on('message', take),
    exited: new Promise((resolve) => worker.once('exit', () => resolve())),
    failed: new Promise((resolve) => worker.once('error', resolve)),
  };
}

function shared(clock: Clock): SharedClock {
  if ('zeroNs' in clock && typeof clock.zeroNs === 'bigint') return clock as SharedClock;
  throw new UsageError('media over a network needs the real clock; use the loopback line for virtual time');
}
