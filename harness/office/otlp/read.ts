import { z } from 'zod';
import { Refusal } from '../door.ts';
import { decodeTraces } from './schema.ts';
import type { Attribute, Attributes, OtlpSpan } from './span.ts';

/** The two bodies of OTLP over HTTP. */
export type BodyType = 'application/x-protobuf' | 'application/json';

const whole = z.union([z.string().regex(/^-?\d+$/), z.number()]);
const value = z.looseObject({
  stringValue: z.string().nullish(),
  boolValue: z.boolean().nullish(),
  intValue: whole.nullish(),
  // JSON has no infinities and no NaN: OTLP writes them as texts.
  doubleValue: z.union([z.number(), z.string()]).nullish(),
});
const attributes = z.array(z.looseObject({ key: z.string(), value: value.nullish() })).nullish();
const span = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullish(),
  name: z.string().nullish(),
  startTimeUnixNano: whole.nullish(),
  endTimeUnixNano: whole.nullish(),
  attributes,
});
const scopeSpans = z.looseObject({
  scope: z.looseObject({ name: z.string().nullish() }).nullish(),
  spans: z.array(span).nullish(),
});
const resourceSpans = z.looseObject({
  resource: z.looseObject({ attributes }).nullish(),
  scopeSpans: z.array(scopeSpans).nullish(),
});
const request = z.looseObject({ resourceSpans: z.array(resourceSpans).nullish() });

/** The spans of an ExportTraceServiceRequest. Throws a Refusal with a sentence for a body that is none. */
export function readTraces(body: Buffer, type: BodyType): readonly OtlpSpan[] {
  const parsed = request.safeParse(type === 'application/json' ? fromJson(body) : fromProtobuf(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal(
      400,
      `the body is no OTLP trace request: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  const idOf = type === 'application/json' ? fromHex : fromBase64;
  return (parsed.data.resourceSpans ?? []).flatMap(({ resource, scopeSpans: scopes }) => {
    const of = attributesOf(resource?.attributes);
    return (scopes ?? []).flatMap(({ scope, spans }) =>
      (spans ?? []).map((one) => spanOf(one, of, scope?.name ?? '', idOf)),
    );
  });
}

function fromJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}

function fromProtobuf(body: Buffer): unknown {
  try {
    return decodeTraces(body);
  } catch {
    throw new Refusal(400, 'the body is no protobuf of an OTLP trace request');
  }
}

const fromHex = (id: string): string => id.toLowerCase();
const fromBase64 = (id: string): string => Buffer.from(id, 'base64').toString('hex');

function spanOf(
  raw: z.infer<typeof span>,
  resource: Attributes,
  scope: string,
  idOf: (id: string) => string,
): OtlpSpan {
  const startMs = unixMs(raw.startTimeUnixNano ?? 0);
  return {
    traceId: idOf(raw.traceId),
    spanId: idOf(raw.spanId),
    parentId: raw.parentSpanId ? idOf(raw.parentSpanId) : undefined,
    name: raw.name ?? '',
    startMs,
    endMs: Math.max(startMs, unixMs(raw.endTimeUnixNano ?? 0)),
    attributes: attributesOf(raw.attributes),
    resource,
    scope,
  };
}

/** Nanoseconds since 1970, more than a number holds exactly, as milliseconds to the microsecond. */
const unixMs = (nanoseconds: string | number): number =>
  Number((typeof nanoseconds === 'string' ? BigInt(nanoseconds) : BigInt(Math.round(nanoseconds))) / 1000n) / 1000;

function attributesOf(raw: z.infer<typeof attributes>): Attributes {
  const known = (raw ?? []).flatMap(({ key, value: held }): (readonly [string, Attribute])[] => {
    const plain = held?.stringValue ?? held?.boolValue ?? number(held?.intValue ?? held?.doubleValue);
    return plain === undefined ? [] : [[key, plain]];
  });
  return Object.fromEntries(known);
}

const number = (raw: string | number | null | undefined): number | undefined =>
  raw === null || raw === undefined ? undefined : Number(raw);
