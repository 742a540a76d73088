import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Attributes, Context, HrTime, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** How an exporter names a packing. */
type Compression = NonNullable<NonNullable<ConstructorParameters<typeof JsonExporter>[0]>['compression']>;

/** A body and a packing of it. */
export type Way = readonly ['protobuf' | 'json', 'gzip' | 'none'];

/** An agent's process with the exporter its language has: spans go out when it is told to. */
export interface Sender {
  readonly tracer: Tracer;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function sendTo(url: string, [body, packing]: Way, service = 'voice-agent'): Sender {
  const Exporter = body === 'json' ? JsonExporter : ProtobufExporter;
  const exporter = new Exporter({
    url: `${url}/v1/traces`,
    compression: packing as Compression,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    // Nothing goes out by itself: tests say when.
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 600_000 })],
  });
  return {
    tracer: provider.getTracer('agents'),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
  };
}

const hrTime = (unixMs: number): HrTime => [
  Math.floor(unixMs / 1000),
  Math.round((unixMs - Math.floor(unixMs / 1000) * 1000) * 1e6),
];

/** Writes one span, `from` to `to` in Unix ms, and gives what goes below it. */
export function write(
  tracer: Tracer,
  name: string,
  from: number,
  to: number,
  attributes: Attributes = {},
  below: Context = ROOT_CONTEXT,
): Context {
  const span = tracer.startSpan(name, { startTime: hrTime(from), attributes }, below);
  span.end(hrTime(to));
  return trace.setSpan(below, span);
}

/** A turn of hers as an agent experienced it, Unix ms. */
export interface Experienced {
  readonly onset: number;
  readonly end: number;
}

/** LiveKit Agents, by the names of either age. 240 ms of waiting, 90 to the transcript, 350 to the token, 120 to the sound. */
export function livekitCall(tracer: Tracer, turns: readonly Experienced[], age: 'old' | 'new', room = 'room-7'): void {
  const [first] = turns;
  const last = turns.at(-1);
  if (!first || !last) return;
  const session = write(tracer, 'agent_session', first.onset - 500, last.end + 4000, { 'lk.room_name': room });
  for (const { onset, end } of turns) {
    const decided = end + 240;
    const delays = { 'lk.transcription_delay': 0.09, 'lk.end_of_turn_delay': 0.24 };
    const words = age === 'old' ? { 'lk.user_transcript': 'tuesday' } : { 'lk.pii.user_transcript': 'tuesday' };
    const heard = write(tracer, 'user_turn', onset, decided, { ...delays, ...words }, session);
    if (age === 'new') {
      const resumed = { 'lk.eou.outcome': 'user_resumed', 'lk.eou.wait_duration': 0.3 };
      write(tracer, 'eou_wait', onset + 100, onset + 400, resumed, heard);
      const committed = { 'lk.eou.outcome': 'committed', 'lk.eou.wait_duration': 0.24 };
      write(tracer, 'eou_wait', end, decided, committed, heard);
    }
    const reply = write(tracer, 'agent_turn', decided, end + 2500, { 'lk.e2e_latency': 0.75 }, session);
    const token = age === 'old' ? { 'lk.response.ttft': 0.35 } : { 'gen_ai.response.time_to_first_chunk': 0.35 };
    const node = age === 'old' ? 'llm_node' : 'llm_request';
    write(tracer, node, decided, decided + 900, token, reply);
    write(tracer, 'tts_node', decided + 380, decided + 1200, { 'lk.response.ttfb': 0.12 }, reply);
    write(tracer, 'agent_speaking', decided + 530, end + 2500, {}, reply);
  }
}

/** Pipecat: 200 ms to the transcript, 350 to the token, 120 to the sound of the first of two sentences. */
export function pipecatCall(tracer: Tracer, turns: readonly Experienced[]): void {
  const [first] = turns;
  if (!first) return;
  const conversation = write(tracer, 'conversation', first.onset, first.onset + 60_000, { 'conversation.id': 'c-1' });
  turns.forEach(({ onset, end }, index) => {
    const of = { 'turn.number': index + 1, 'turn.was_interrupted': false };
    const turn = write(tracer, 'turn', onset, end + 3000, of, conversation);
    const heard = { 'metrics.ttfb': 0.2, transcript: 'tuesday', is_final: true };
    write(tracer, 'stt', end + 199, end + 200, heard, turn);
    write(tracer, 'llm', end + 210, end + 900, { 'metrics.ttfb': 0.35, 'gen_ai.operation.name': 'chat' }, turn);
    write(tracer, 'tts', end + 570, end + 700, { 'metrics.ttfb': 0.12, 'metrics.character_count': 9 }, turn);
    write(tracer, 'tts', end + 900, end + 950, { 'metrics.ttfb': 0.05, 'metrics.character_count': 20 }, turn);
  });
}
