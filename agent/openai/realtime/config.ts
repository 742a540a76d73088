import { z } from 'zod';
import { SPEEDS, VOICES } from '../voices.ts';
import { format, PCM } from './formats.ts';

const common = {
  create_response: z.boolean().default(true),
  interrupt_response: z.boolean().default(true),
  idle_timeout_ms: z.number().min(1000).nullish(),
};

/**
 * `server_vad`: any speech is an interruption, and a silence of fixed length ends a turn. `semantic_vad`: the reference
 * agent's own turn-taking, which judges by sound and words, both ways.
 */
const turnDetection = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('server_vad'),
    silence_duration_ms: z.number().min(100).max(10_000).default(500),
    ...common,
  }),
  z.looseObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
    ...common,
  }),
]);

export type TurnDetection = z.infer<typeof turnDetection>;

const transcription = z.looseObject({ model: z.string().optional() });

/** What `session.update` may change, and `response.create` for one response. */
export const sessionUpdate = z.looseObject({
  type: z.literal('realtime', 'only realtime sessions are served').optional(),
  instructions: z.string().optional(),
  output_modalities: z
    .array(z.enum(['audio', 'text']))
    .length(1)
    .optional(),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
  tool_choice: z.unknown().optional(),
  audio: z
    .looseObject({
      input: z
        .looseObject({
          format: format.optional(),
          transcription: transcription.nullish(),
          turn_detection: turnDetection.nullish(),
        })
        .optional(),
      output: z
        .looseObject({
          format: format.optional(),
          voice: z.unknown().optional(),
          speed: z.number().min(SPEEDS.least).max(SPEEDS.most).optional(),
        })
        .optional(),
    })
    .optional(),
});

export type SessionUpdate = z.infer<typeof sessionUpdate>;

/** How a session is held. */
export interface Config {
  readonly instructions: string;
  readonly output_modalities: readonly ('audio' | 'text')[];
  readonly tools: readonly { readonly name?: string | undefined }[];
  readonly tool_choice: unknown;
  readonly audio: {
    readonly input: {
      readonly format: z.infer<typeof format>;
      readonly transcription: object | null;
      readonly turn_detection: TurnDetection | null;
    };
    readonly output: {
      readonly format: z.infer<typeof format>;
      readonly voice: (typeof VOICES)[number];
      readonly speed: number;
    };
  };
}

export const usualConfig: Config = {
  instructions: '',
  output_modalities: ['audio'],
  tools: [],
  tool_choice: 'auto',
  audio: {
    input: { format: PCM, transcription: null, turn_detection: turnDetection.parse({ type: 'server_vad' }) },
    output: { format: PCM, voice: 'slt', speed: 1 },
  },
};

/** What `update` says, in place of what it was. A voice of OpenAI's is spoken by slt, and the session says so. */
export function updated(config: Config, update: SessionUpdate): Config {
  const { input = {}, output = {} } = update.audio ?? {};
  const was = config.audio;
  return {
    instructions: update.instructions ?? config.instructions,
    output_modalities: update.output_modalities ?? config.output_modalities,
    tools: update.tools ?? config.tools,
    tool_choice: update.tool_choice ?? config.tool_choice,
    audio: {
      input: {
        format: input.format ?? was.input.format,
        transcription: input.transcription === undefined ? was.input.transcription : input.transcription,
        turn_detection: input.turn_detection === undefined ? was.input.turn_detection : input.turn_detection,
      },
      output: {
        format: output.format ?? was.output.format,
        voice: VOICES.find((voice) => voice === output.voice) ?? was.output.voice,
        speed: output.speed ?? was.output.speed,
      },
    },
  };
}

/** The tools a session's client has for us. */
export const offeredBy = ({ tools, tool_choice: choice }: Config): ReadonlySet<string> =>
  new Set(choice === 'none' ? [] : tools.flatMap(({ name }) => (name === undefined ? [] : [name])));
