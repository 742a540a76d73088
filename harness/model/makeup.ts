/** The stages of the reference agent that an engine can be named for; `whole` takes the place of all three. */
export const ENGINE_STAGES = ['ear', 'brain', 'voice', 'whole'] as const;

export type EngineStage = (typeof ENGINE_STAGES)[number];

/** The engines that come with it: what a stage is made of where nobody said. */
export const EMBEDDED: Readonly<Record<Exclude<EngineStage, 'whole'>, string>> = {
  ear: 'soundswallower',
  brain: 'rules',
  voice: 'flite',
};

/** The stages whose time can be simulated. */
export const SIMULATED_STAGES = ['ear', 'brain', 'voice'] as const;

export type SimulatedStage = (typeof SIMULATED_STAGES)[number];

/**
 * What the reference agent is made of, where that is not the embedded engines: each as it is written on the command line,
 * `NAME[:MODEL][@URL]`, e.g. `openai:gpt-4o-mini@http://127.0.0.1:8080/v1`, `whisper:base`, `kokoro:af_heart`.
 */
export type Makeup = { readonly [stage in EngineStage]?: string } & {
  /** Stages that take as long as a slower engine would: `STAGE=DISTRIBUTION`, e.g. `brain=lognormal(350,0.4)`. */
  readonly simulate?: readonly string[];
};

/** A named engine, taken apart. */
export interface EngineName {
  /** File name in the folder of its stage. */
  readonly engine: string;
  /** The engine's own name of a model or a voice. */
  readonly model?: string;
  /** Where it is reached, when not at its usual place. */
  readonly url?: string;
}

/** Takes `NAME[:MODEL][@URL]` apart. */
export function engineName(text: string): EngineName {
  const [, engine = text, model, url] = /^([^:@]+)(?::([^@]*))?(?:@(.+))?$/.exec(text) ?? [];
  return { engine, ...(model ? { model } : {}), ...(url ? { url } : {}) };
}

/** The options that ask for it on a command line. */
export const makeupWords = ({ simulate = [], ...engines }: Makeup): readonly string[] => [
  ...ENGINE_STAGES.flatMap((stage) => (engines[stage] === undefined ? [] : [`--${stage}`, engines[stage]])),
  ...(simulate.length > 0 ? ['--simulate', ...simulate] : []),
];

/** It in words, e.g. `brain openai:gpt-4o-mini; simulated: brain=900`; empty for the usual agent. */
export const makeupText = ({ simulate = [], ...engines }: Makeup): string =>
  [
    ...ENGINE_STAGES.flatMap((stage) => (engines[stage] === undefined ? [] : [`${stage} ${engines[stage]}`])),
    ...(simulate.length > 0 ? [`simulated: ${simulate.join(', ')}`] : []),
  ].join('; ');
