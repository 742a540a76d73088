import type { Attributes, HrTime } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { unixZero } from '../harness/clock/wall.ts';
import { UsageError } from '../harness/model/errors.ts';
import { engineName } from '../harness/model/makeup.ts';
import type { Makeup } from '../harness/model/makeup.ts';
import type { Clock, Ms } from '../harness/model/time.ts';
import { callSpans } from './spans.ts';
import type { CallSpans, TracedCall } from './spans.ts';

/** Where an agent's spans go. */
export interface Tracing {
  call(call: TracedCall): CallSpans;
  /** Sends out the rest and waits for it, but not long. Never rejects. */
  close(): Promise<void>;
}

/** What is asked of it. */
export interface TracingAsk {
  readonly clock: Clock;
  /** Base address of a collector, e.g. `http://127.0.0.1:4318`; without it, OTEL_EXPORTER_OTLP_ENDPOINT names it. */
  readonly url?: string | undefined;
  readonly makeup?: Makeup | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told once, in a sentence, when nobody takes the spans. */
  readonly trouble: (sentence: string) => void;
}

/** A batch goes out after this long, ms. */
const BATCH_MS = 500;
/** Nobody waits longer for a collector, ms. */
const PATIENCE_MS = 2000;

const PROTOCOLS = {
  'http/protobuf': ProtobufExporter,
  'http/json': JsonExporter,
} as const;

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/**
 * Exports spans by OTLP over HTTP, as the standard's variables say (OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS, _PROTOCOL,
 * _COMPRESSION and those of traces alone). Undefined when neither `url` nor they name a collector. Throws UsageError for
 * an address or a protocol nobody speaks.
 */
export function openTracing({ clock, url, makeup = {}, env, trouble }: TracingAsk): Tracing | undefined {
  const where = url ?? ENDPOINTS.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  if (where === undefined) return undefined;
  if (!URL.canParse(where) || !/^https?:/.test(where)) {
    throw new UsageError(`spans cannot be sent to "${where}"; write an address such as http://127.0.0.1:4318`);
  }
  const exporter = watched(exporterFor(env, url), () =>
    trouble(`nobody takes the spans at ${where}; calls go on without them`),
  );
  const batches = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: BATCH_MS,
    exportTimeoutMillis: PATIENCE_MS,
  });
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? 'hangup-agent' }),
  );
  const provider = new TracerProvider({ resource, spanProcessors: [batches] });
  const zero = unixZero(clock);
  const maker = {
    tracer: provider.getTracer('hangup'),
    at: (at: Ms) => hrTime(at + zero),
    engines: engineAttributes(makeup),
    // What could not be sent was told by `watched`.
    flush: () => void batches.forceFlush().catch(() => undefined),
  };
  return {
    call: (call) => callSpans(maker, call),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Unix milliseconds as seconds and nanoseconds. */
function hrTime(unixMs: number): HrTime {
  const seconds = Math.floor(unixMs / 1000);
  return [seconds, Math.round((unixMs - seconds * 1000) * 1e6)];
}

function exporterFor(env: TracingAsk['env'], url: string | undefined): SpanExporter {
  const asked = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? env['OTEL_EXPORTER_OTLP_PROTOCOL'] ?? 'http/protobuf';
  const Exporter = PROTOCOLS[asked as keyof typeof PROTOCOLS] as (typeof PROTOCOLS)[keyof typeof PROTOCOLS] | undefined;
  if (!Exporter) {
    throw new UsageError(
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${asked}"; spans go out as ${Object.keys(PROTOCOLS).join(' or ')}`,
    );
  }
  return new Exporter({
    timeoutMillis: PATIENCE_MS,
    ...(url === undefined ? {} : { url: `${url.replace(/\/+$/, '')}/v1/traces` }),
  });
}

/** The exporter, and a word, once, when it does not get through. */
function watched(exporter: SpanExporter, lost: () => void): SpanExporter {
  let told = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error && !told) lost();
        told ||= result.error !== undefined;
        // The processor would only log it.
        done({ code: 0 });
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** What the GenAI conventions want said of a stage's engine, where one was named. */
function engineAttributes(makeup: Makeup): Readonly<Record<string, Attributes>> {
  const of = (name: string | undefined, more: Attributes): Attributes => {
    if (name === undefined) return {};
    const { engine, model } = engineName(name);
    return { 'gen_ai.provider.name': engine, ...(model ? { 'gen_ai.request.model': model } : {}), ...more };
  };
  return {
    ear: of(makeup.ear, { 'gen_ai.output.type': 'text' }),
    brain: of(makeup.brain ?? makeup.whole, { 'gen_ai.operation.name': 'chat', 'gen_ai.output.type': 'text' }),
    voice: of(makeup.voice, { 'gen_ai.output.type': 'speech' }),
  };
}
