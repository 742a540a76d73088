import type { Claim } from '../../../model/office.ts';
import { stageOf } from '../dialect.ts';
import type { Dialect } from '../dialect.ts';
import { measured, worded } from '../span.ts';
import type { OtlpSpan } from '../span.ts';

const OPERATION = 'gen_ai.operation.name';
const THINKING = ['chat', 'generate_content', 'text_completion'];

/** Seconds to the first piece of a model's answer, by the names it had: the span's own, a metric's, and a server's. */
export const firstChunk = (span: OtlpSpan): number | undefined =>
  measured(
    span,
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
    'gen_ai.server.time_to_first_token',
  );

/** Until the first piece where that was measured; an answer that came in one piece took its whole span. */
const answered = (name: string, span: OtlpSpan): readonly Claim[] =>
  stageOf(name, span.startMs, firstChunk(span) ?? (span.endMs - span.startMs) / 1000);

function claimsOf(span: OtlpSpan): readonly Claim[] {
  const operation = worded(span, OPERATION) ?? '';
  if (worded(span, 'gen_ai.output.type') === 'speech') return answered('voice', span);
  if (THINKING.includes(operation)) return answered('brain', span);
  return operation === 'execute_tool' ? answered('tool', span) : [];
}

/** OpenTelemetry's GenAI conventions (status: development). They have no turn of a voice, and so nothing to align a clock by. */
const genai: Dialect = {
  name: 'gen_ai',
  speaks: (spans) => spans.some((span) => worded(span, OPERATION) !== undefined),
  read: (spans) => ({ claims: spans.flatMap(claimsOf), anchors: [] }),
};

export default genai;
