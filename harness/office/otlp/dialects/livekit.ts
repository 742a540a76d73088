import type { Claim } from '../../../model/office.ts';
import { stageOf } from '../dialect.ts';
import type { Dialect } from '../dialect.ts';
import { measured, worded } from '../span.ts';
import type { OtlpSpan } from '../span.ts';
import { firstChunk } from './genai.ts';

const named =
  (...names: readonly string[]) =>
  ({ name }: OtlpSpan): boolean =>
    names.includes(name);

/** How long the agent waited to be sure that she had finished, and since when. */
interface Wait {
  readonly from: number;
  readonly seconds: number;
}

/** An `eou_wait` in which she went on was no end of a turn. */
const committed = (span: OtlpSpan): boolean => worded(span, 'lk.eou.outcome') !== 'user_resumed';

/**
 * Waits, by the first of these that the framework's version writes: spans of the wait itself; the delay on the `user_turn`
 * that it ended, under its later and its earlier name; the delay on the detection.
 */
function waitsOf(spans: readonly OtlpSpan[]): readonly Wait[] {
  const waits = spans.filter(named('eou_wait')).filter(committed);
  if (waits.length > 0) {
    return waits.map((span) => ({
      from: span.startMs,
      seconds: measured(span, 'lk.eou.wait_duration') ?? (span.endMs - span.startMs) / 1000,
    }));
  }
  const turns = spans.filter(named('user_turn')).flatMap((span) => {
    const seconds = measured(span, 'lk.end_of_turn_delay', 'lk.end_of_utterance_delay');
    return seconds === undefined ? [] : [{ from: span.endMs - seconds * 1000, seconds }];
  });
  if (turns.length > 0) return turns;
  return spans.filter(named('eou_detection')).flatMap((span) => {
    const seconds = measured(span, 'lk.eou.endpointing_delay');
    return seconds === undefined ? [] : [{ from: span.startMs, seconds }];
  });
}

/** The final transcript and what it said, on the span of her turn. */
function heardOf(turn: OtlpSpan, waits: readonly Wait[]): readonly Claim[] {
  const wait = waits.findLast(({ from }) => from >= turn.startMs && from <= turn.endMs);
  const text = worded(turn, 'lk.user_transcript', 'lk.pii.user_transcript');
  const said: readonly Claim[] =
    text === undefined
      ? []
      : [{ what: 'transcript', name: 'ear', text, startMs: wait?.from ?? turn.endMs, endMs: turn.endMs }];
  return wait ? [...stageOf('ear', wait.from, measured(turn, 'lk.transcription_delay')), ...said] : said;
}

/** Spans of a node; where there are none, of the requests it would have made. */
function nodeOr(spans: readonly OtlpSpan[], node: string, request: string): readonly OtlpSpan[] {
  const nodes = spans.filter(named(node));
  return nodes.length > 0 ? nodes : spans.filter(named(request));
}

/** From a voice's first byte to the moment the framework took its agent to be speaking. */
function playoutOf(voices: readonly Claim[], speaking: readonly OtlpSpan[]): readonly Claim[] {
  return voices.flatMap(({ endMs }, i) => {
    const until = voices[i + 1]?.startMs ?? Infinity;
    const begun = speaking.find((span) => span.startMs >= endMs && span.startMs < until);
    return begun ? [{ what: 'stage', name: 'playout', startMs: endMs, endMs: begun.startMs }] : [];
  });
}

/** LiveKit Agents: `lk.*` attributes, and from 1.8 the GenAI names beside them. Durations are seconds. */
const livekit: Dialect = {
  name: 'livekit',
  speaks: (spans) => spans.some(({ attributes }) => Object.keys(attributes).some((key) => key.startsWith('lk.'))),
  read(all) {
    const spans = all.toSorted((a, b) => a.startMs - b.startMs);
    const waits = waitsOf(spans);
    const thoughts = nodeOr(spans, 'llm_node', 'llm_request').flatMap((span) =>
      stageOf('brain', span.startMs, measured(span, 'lk.response.ttft') ?? firstChunk(span)),
    );
    const voices = nodeOr(spans, 'tts_node', 'tts_request').flatMap((span) =>
      stageOf('voice', span.startMs, measured(span, 'lk.response.ttfb') ?? firstChunk(span)),
    );
    const tools = spans
      .filter(named('function_tool'))
      .flatMap((span) => stageOf('tool', span.startMs, (span.endMs - span.startMs) / 1000));
    return {
      claims: [
        ...waits.flatMap(({ from, seconds }) => stageOf('endpointing', from, seconds)),
        ...spans.filter(named('user_turn')).flatMap((turn) => heardOf(turn, waits)),
        ...thoughts,
        ...voices,
        ...playoutOf(voices, spans.filter(named('agent_speaking'))),
        ...tools,
      ],
      anchors: waits.map(({ from }) => ({ at: from, of: 'speech-end' })),
    };
  },
};

export default livekit;
