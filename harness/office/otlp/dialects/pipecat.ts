import type { Claim } from '../../../model/office.ts';
import { stageOf } from '../dialect.ts';
import type { Dialect } from '../dialect.ts';
import { measured, worded } from '../span.ts';
import type { OtlpSpan } from '../span.ts';

/** Some versions put the service's name behind the stage's: `stt_deepgramsttservice`. */
const isA =
  (stage: 'stt' | 'llm' | 'tts') =>
  ({ name }: OtlpSpan): boolean =>
    name === stage || name.startsWith(`${stage}_`);

const TTFB = 'metrics.ttfb';

/** The transcript comes in a moment; its `ttfb` says how long after her end that was. */
const heardOf = (span: OtlpSpan): readonly Claim[] => {
  const seconds = measured(span, TTFB);
  return stageOf('ear', span.endMs - (seconds ?? 0) * 1000, seconds);
};

function wordsOf(span: OtlpSpan): readonly Claim[] {
  const text = worded(span, 'transcript');
  if (text === undefined || span.attributes['is_final'] === false) return [];
  return [
    {
      what: 'transcript',
      name: 'ear',
      text,
      startMs: span.endMs - (measured(span, TTFB) ?? 0) * 1000,
      endMs: span.endMs,
    },
  ];
}

/** Every sentence is spoken in a span of its own: she waits for the first of a turn. */
const firstOfTurns = (spans: readonly OtlpSpan[]): readonly OtlpSpan[] =>
  [...Map.groupBy(spans, ({ parentId, spanId }) => parentId ?? spanId).values()].flatMap((own) => own.slice(0, 1));

/** Pipecat: `stt`, `llm` and `tts` below a `turn` below a `conversation`; seconds in `metrics.ttfb`. It tells no endpointing. */
const pipecat: Dialect = {
  name: 'pipecat',
  speaks: (spans) =>
    spans.some(({ name, attributes }) => name === 'turn' && 'turn.number' in attributes) ||
    spans.some((span) => [isA('stt'), isA('llm'), isA('tts')].some((is) => is(span)) && TTFB in span.attributes),
  read(all) {
    const spans = all.toSorted((a, b) => a.startMs - b.startMs);
    const heard = spans.filter(isA('stt'));
    const ears = heard.flatMap(heardOf);
    return {
      claims: [
        ...ears,
        ...heard.flatMap(wordsOf),
        ...spans.filter(isA('llm')).flatMap((span) => stageOf('brain', span.startMs, measured(span, TTFB))),
        ...firstOfTurns(spans.filter(isA('tts'))).flatMap((span) =>
          stageOf('voice', span.startMs, measured(span, TTFB)),
        ),
      ],
      anchors: ears.map(({ startMs }) => ({ at: startMs, of: 'speech-end' })),
    };
  },
};

export default pipecat;
