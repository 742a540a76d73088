import type * as Wrtc from '@roamhq/wrtc';
import { realClock, type RealClock } from '../clock/real.ts';
import { after } from '../model/time.ts';
import type { Stretch } from '../rtp/pulled-leg.ts';
import type { FromBrowserlike, ToBrowserlike } from './browserlike-mail.ts';
import { Decimator } from './decimator.ts';

/*
 * The process of one browser-like call. A process, because the package crashes at a natural exit: this one always exits
 * by itself. Audio goes in and out 10 ms at a time, the way the package wants it.
 */

const FRAME_MS = 10;
/** What was counted of heard audio and what the clock says may part by this, ms, before the clock is believed. */
const MOST_DRIFT_MS = 60;

type Package = typeof Wrtc;
interface AudioData {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channelCount?: number;
}

const tell = (news: FromBrowserlike): void => void process.send?.(news, undefined, undefined, () => undefined);
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches both: whoever started this hangs up first.
process.on('SIGINT', () => undefined);

/** What is to be sent: samples by their positions. */
class Ring {
  readonly #cells = new Int16Array(1 << 16);
  #filledTo = 0;
  #takenTo = 0;
  readonly #stale: Stretch[] = [];

  fill(from: number, samples: Int16Array): void {
    const changed = samples.findLastIndex((sample, i) => {
      const at = from + i;
      return at < Math.min(this.#takenTo, this.#filledTo) && this.#cells[at & 0xffff] !== sample;
    });
    if (changed >= 0) this.#stale.push({ from, to: from + changed + 1 });
    for (let i = 0; i < samples.length; i++) this.#cells[(from + i) & 0xffff] = samples[i] as number;
    this.#filledTo = from + samples.length;
  }

  /** Samples at `from`, and which of them were not there in time. */
  take(
    from: number,
    count: number,
  ): { readonly samples: Int16Array<ArrayBuffer>; readonly missed: readonly Stretch[] } {
    this.#takenTo = from + count;
    const there = Math.max(0, Math.min(count, this.#filledTo - from));
    const samples = Int16Array.from({ length: count }, (_, i) =>
      i < there ? (this.#cells[(from + i) & 0xffff] as number) : 0,
    );
    const isMissing = there < count && this.#filledTo > 0;
    return { samples, missed: isMissing ? [{ from: from + there, to: from + count }] : [] };
  }

  /** What was changed after it had left, since it was last asked. */
  giveStale(): readonly Stretch[] {
    return this.#stale.splice(0);
  }
}

/** The remote track at the line's rate, in frames of 20 ms, whatever rate the sink gives. */
class Hearing {
  readonly #rate: number;
  readonly #position: () => number;
  #decimator: { readonly from: number; readonly filter: Decimator } | undefined;
  #next: number | undefined;
  #kept: { from: number; samples: Int16Array[] } | undefined;

  constructor(rate: number, position: () => number) {
    this.#rate = rate;
    this.#position = position;
  }

  take({ samples, sampleRate, channelCount = 1 }: AudioData): void {
    const mono = channelCount === 1 ? samples : samples.filter((_, i) => i % channelCount === 0);
    if (this.#decimator?.from !== sampleRate) {
      this.#decimator = { from: sampleRate, filter: new Decimator(sampleRate, this.#rate) };
    }
    const { filter } = this.#decimator;
    const heard = filter.next(mono);
    const now = this.#position();
    const isOff = this.#next === undefined || Math.abs(now - this.#next) > (MOST_DRIFT_MS * this.#rate) / 1000;
    const from = isOff ? now : (this.#next as number);
    if (isOff) this.#kept = undefined;
    this.#kept ??= { from: from - Math.round(filter.delay), samples: [] };
    this.#kept.samples.push(heard);
    this.#next = from + heard.length;
  }

  /** What was heard since it was last asked. */
  give(): { readonly from: number; readonly samples: Int16Array } | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept) return undefined;
    const samples = new Int16Array(kept.samples.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of kept.samples) {
      samples.set(part, at);
      at += part.length;
    }
    return { from: kept.from, samples };
  }
}

const ring = new Ring();
let connection: RTCPeerConnection | undefined;
let channel: RTCDataChannel | undefined;

/** Sends by absolute deadlines until the process ends, and reports every second frame. */
async function pace(source: Wrtc.nonstandard.RTCAudioSource, clock: RealClock, rate: number, hearing: Hearing) {
  const origin = clock.now();
  const count = (rate * FRAME_MS) / 1000;
  let missed: Stretch[] = [];
  for (let frame = 0; ; frame++) {
    const due = after(origin, frame * FRAME_MS);
    await clock.sleepUntil(due);
    const taken = ring.take(frame * count, count);
    source.onData({
      samples: taken.samples,
      sampleRate: rate,
      bitsPerSample: 16,
      channelCount: 1,
      numberOfFrames: count,
    });
    missed.push(...taken.missed);
    if (frame % 2 === 0) continue;
    tell({
      what: 'pull',
      position: (frame + 1) * count,
      at: after(clock.now(), FRAME_MS),
      missed,
      stale: ring.giveStale(),
      heard: hearing.give(),
    });
    missed = [];
  }
}

function use(opened: RTCDataChannel): void {
  channel = opened;
  opened.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') tell({ what: 'said', label: opened.label, text: data });
  });
  opened.addEventListener('close', () => tell({ what: 'channel-closed' }));
}

async function offer(order: Extract<ToBrowserlike, { do: 'offer' }>): Promise<void> {
  const loaded = (await import('@roamhq/wrtc').catch(() => undefined)) as { default: Package } | undefined;
  if (!loaded) return tell({ what: 'missing' });
  const { RTCPeerConnection: Connection, nonstandard } = loaded.default;
  const clock = realClock(order.zeroNs);
  const begun = clock.now();
  const iceServers = order.iceServers.map(({ url, user, password }) => ({
    urls: url,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { credential: password }),
  }));
  const made = new Connection({ iceServers });
  connection = made;
  const source = new nonstandard.RTCAudioSource();
  made.addTrack(source.createTrack());
  const hearing = new Hearing(order.rate, () => Math.round(((clock.now() - begun) * order.rate) / 1000));
  made.addEventListener('track', ({ track }) => {
    const sink = new nonstandard.RTCAudioSink(track);
    (sink as unknown as { ondata: (data: AudioData) => void }).ondata = (data) => hearing.take(data);
  });
  made.addEventListener('connectionstatechange', () => tell({ what: 'state', state: made.connectionState }));
  made.addEventListener('datachannel', ({ channel: theirs }) => use(theirs));
  use(made.createDataChannel(order.channel));
  const gathered = new Promise<void>((resolve) => {
    const look = (): void => void (made.iceGatheringState === 'complete' && resolve());
    made.addEventListener('icegatheringstatechange', look);
  });
  await made.setLocalDescription(await made.createOffer());
  await gathered;
  void pace(source, clock, order.rate, hearing);
  tell({ what: 'offered', sdp: made.localDescription?.sdp ?? '' });
}

async function obey(order: ToBrowserlike): Promise<void> {
  switch (order.do) {
    case 'offer':
      return offer(order);
    case 'settle':
      return connection?.setRemoteDescription({ type: 'answer', sdp: order.sdp });
    case 'supply':
      return ring.fill(order.from, order.samples);
    case 'say':
      if (channel?.readyState === 'open') channel.send(order.text);
      return;
    case 'close':
      connection?.close();
      // What closing has to tell the other side leaves first.
      await new Promise((resolve) => setImmediate(resolve));
      process.exit(0);
  }
}

process.on('message', (order) => {
  obey(order as ToBrowserlike).catch((error: unknown) =>
    tell({ what: 'trouble', sentence: error instanceof Error ? error.message : String(error) }),
  );
});
