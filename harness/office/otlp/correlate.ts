import type { Ms } from '../../model/time.ts';
import type { Attributes, OtlpSpan } from './span.ts';

/** A span and when it came. */
export interface Held {
  readonly span: OtlpSpan;
  readonly arrivedAt: Ms;
}

/** The call that spans are looked for. */
export interface Sought {
  readonly id: string;
  readonly traceId: string;
  readonly begunAt: Ms;
  /** No other call was under way at any time of it. */
  readonly alone: boolean;
}

/** Attributes that name a call, a room or a conversation, whatever a framework calls them. */
const NAMING = /(?:^|[._])(?:call|room|conversation|session|hangup\.call)(?:[._-]?(?:id|name|sid))?$/i;

const names = (attributes: Attributes, id: string): boolean =>
  Object.entries(attributes).some(
    ([key, value]) => typeof value === 'string' && (value === id || (NAMING.test(key) && isIn(value, id))),
  );

/** Whether the name holds the id whole: `call-1` is not in `call-10`. */
function isIn(name: string, id: string): boolean {
  const around = name.split(id);
  return around.slice(1).some((behind, i) => !/[a-z\d]$/i.test(around[i] ?? '') && !/^[a-z\d]/i.test(behind));
}

const serviceOf = ({ resource }: OtlpSpan): string => String(resource['service.name'] ?? '');

/**
 * The spans of a call: the traces that go on from the `traceparent` it was sent, and those in which anything names it. Where
 * there are none and no other call was under way, what one service sent meanwhile is taken for this call's.
 */
export function spansOf(call: Sought, held: readonly Held[]): readonly OtlpSpan[] {
  const traces = new Set(
    held
      .filter(
        ({ span }) =>
          span.traceId === call.traceId || [span.attributes, span.resource].some((of) => names(of, call.id)),
      )
      .map(({ span }) => span.traceId),
  );
  if (traces.size > 0) return held.filter(({ span }) => traces.has(span.traceId)).map(({ span }) => span);
  if (!call.alone) return [];
  const meanwhile = held.filter(({ arrivedAt }) => arrivedAt >= call.begunAt).map(({ span }) => span);
  return new Set(meanwhile.map(serviceOf)).size === 1 ? meanwhile : [];
}
