import type { CallEvent } from '../../model/record.ts';
import { after } from '../../model/time.ts';
import type { Clock, Ms } from '../../model/time.ts';
import { unixZero } from '../../clock/wall.ts';
import type { ListenAt } from '../door.ts';
import type { CallOver } from '../over.ts';
import { spansOf } from './correlate.ts';
import type { Held } from './correlate.ts';
import { eventsOf } from './events.ts';
import { serveOtlp } from './server.ts';
import type { OtlpSpan } from './span.ts';

/** How long after hang-up spans are waited for, ms: exporters send what they have every five seconds. */
export const GRACE_MS = 6000;
/** Spans held at once that belong to no call yet; beyond, the oldest are dropped. */
const MOST_HELD = 50_000;

/** Takes the spans of a run's calls, whoever sends them, and tells of each call what they claim. */
export interface Receiver {
  /** What the agent sets OTEL_EXPORTER_OTLP_ENDPOINT to. */
  readonly url: string;
  /** A call is about to be placed. */
  begin(callId: string): void;
  /** What a call's spans claim, once the grace period has passed. */
  over(callId: string, call: CallOver): Promise<readonly CallEvent[]>;
  /** What came of all spans so far. */
  tally(): Tally;
  close(): Promise<void>;
}

/** What came of one call's spans. */
export type Summary = Extract<CallEvent, { kind: 'spans' }>;

/** Spans by what became of them. */
export interface Tally {
  readonly taken: number;
  /** Came after the grace period of the call they belong to: they count for nothing. */
  readonly late: number;
  /** Of no call that we know of. */
  readonly strange: number;
  /** What was said of the calls so far, one each. */
  readonly calls: readonly Summary[];
}

interface UnderWay {
  readonly begunAt: Ms;
  alone: boolean;
}

/** Opens the receiver at `at`. Throws UsageError where nobody can listen. */
export async function openReceiver(clock: Clock, at: ListenAt, graceMs: number = GRACE_MS): Promise<Receiver> {
  const zero = unixZero(clock);
  const underWay = new Map<string, UnderWay>();
  /** Traces of calls that are over, and whose they were. */
  const done = new Map<string, string>();
  let held: Held[] = [];
  const calls: Summary[] = [];
  let taken = 0;
  let late = 0;
  const take = (spans: readonly OtlpSpan[]): void => {
    taken += spans.length;
    const inTime = spans.filter(({ traceId }) => !done.has(traceId));
    late += spans.length - inTime.length;
    const arrivedAt = clock.now();
    held = [...held, ...inTime.map((span) => ({ span, arrivedAt }))].slice(-MOST_HELD);
  };
  const server = await serveOtlp(at, take);
  return {
    url: server.url,
    begin(callId) {
      // A call that is placed once more goes by the same trace.
      for (const [trace, whose] of done) if (whose === callId) done.delete(trace);
      const others = [...underWay.values()];
      for (const other of others) other.alone = false;
      underWay.set(callId, { begunAt: clock.now(), alone: others.length === 0 });
    },
    async over(callId, { traceparent, events, signal }) {
      await clock.sleepUntil(after(clock.now(), graceMs), signal);
      const { begunAt, alone } = underWay.get(callId) ?? { begunAt: clock.now(), alone: false };
      underWay.delete(callId);
      const traceId = traceparent.split('-')[1] ?? '';
      const mine = spansOf({ id: callId, traceId, begunAt, alone }, held);
      for (const trace of [traceId, ...mine.map((span) => span.traceId)]) done.set(trace, callId);
      held = held.filter(({ span }) => !done.has(span.traceId));
      const told = eventsOf(mine, events, zero, clock.now());
      calls.push(...told.filter((event) => event.kind === 'spans'));
      return told;
    },
    tally: () => ({ taken, late, strange: held.length, calls }),
    close: () => server.close(),
  };
}
