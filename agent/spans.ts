import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import type { Attributes, Context, HrTime, Span, Tracer } from '@opentelemetry/api';
import type { Claim } from '../harness/model/office.ts';
import type { Ms } from '../harness/model/time.ts';
import { claimsTo } from './claims.ts';
import type { Claims } from './claims.ts';

/** One call's claims as spans. */
export interface CallSpans extends Claims {
  /** The call is over: its last turn ends, and what is recorded goes out. */
  end(): void;
}

/** What makes spans of a call's claims. */
export interface SpanMaker {
  readonly tracer: Tracer;
  /** An instant of the agent's clock as OpenTelemetry writes it: Unix seconds and nanoseconds. */
  readonly at: (at: Ms) => HrTime;
  /** What is known of the engine of a stage, by the stage's name. */
  readonly engines: Readonly<Record<string, Attributes>>;
  /** Sends out what was recorded, without being waited for. */
  readonly flush: () => void;
}

/** How a call is known to others: its headers. */
export interface TracedCall {
  readonly id: string;
  readonly traceparent?: string | undefined;
}

/** The caller's span as a parent (W3C Trace Context 3.2); a root of its own without one, or with one nobody understands. */
export function parentOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] =
    /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags ?? '0', 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** From the beginning of thinking to the first piece of the reply, s (OpenTelemetry's GenAI conventions). */
const FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk';

/**
 * The claims of one call as OpenTelemetry spans: a `turn` from the end of the caller's speech to the end of the reply, and
 * its stages below it. Times are those claimed, whenever the spans are made. The greeting is a turn of its own.
 */
export function callSpans({ tracer, at, engines, flush }: SpanMaker, call: TracedCall): CallSpans {
  const parent = parentOf(call.traceparent);
  let turn: { readonly span: Span; readonly within: Context; end: number } | undefined;
  let turns = 0;
  let firstToken: Claim | undefined;
  let over = false;
  let last = parent;

  const close = (): void => {
    turn?.span.end(at(turn.end as Ms));
    turn = undefined;
    firstToken = undefined;
  };
  const open = (startMs: number): NonNullable<typeof turn> => {
    turns += 1;
    const attributes = { 'hangup.call': call.id, 'hangup.turn': turns };
    const span = tracer.startSpan('turn', { startTime: at(startMs as Ms), attributes }, parent);
    last = trace.setSpan(parent, span);
    return { span, within: last, end: startMs };
  };
  const take = (claim: Claim): void => {
    if (claim.name === 'endpointing') close();
    // What is cut off by the end of the call is claimed after it.
    if (!over) turn ??= open(claim.startMs);
    if (turn) turn.end = Math.max(turn.end, claim.endMs);
    if (claim.name === 'first-token') firstToken = claim;
    const attributes: Attributes = {
      'hangup.call': call.id,
      'hangup.turn': turns,
      'hangup.claim': claim.what,
      ...(claim.text === undefined ? {} : { 'hangup.text': claim.text }),
      ...(claim.what === 'stage' ? engines[claim.name] : {}),
      ...(claim.name === 'brain' && firstToken
        ? { [FIRST_CHUNK]: (firstToken.endMs - firstToken.startMs) / 1000 }
        : {}),
    };
    const name = claim.what === 'stage' || claim.what === 'state' ? claim.name : claim.what;
    const span = tracer.startSpan(name, { startTime: at(claim.startMs as Ms), attributes }, turn?.within ?? last);
    span.end(at(claim.endMs as Ms));
  };
  return {
    ...claimsTo(take),
    end: () => {
      over = true;
      close();
      flush();
    },
  };
}
