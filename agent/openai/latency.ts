import { draw } from '../../harness/model/distribution.ts';
import type { Distribution } from '../../harness/model/distribution.ts';
import { chance, hashSeed } from '../../harness/model/seed.ts';
import { after } from '../../harness/model/time.ts';
import type { Clock, Ms } from '../../harness/model/time.ts';

/** What can be made to take as long as another server would: to the first token, the text, the first byte, the first audio. */
export const LATENCY_STAGES = ['chat', 'transcription', 'speech', 'realtime'] as const;

export type LatencyStage = (typeof LATENCY_STAGES)[number];

/** How long each stage takes at least, by chance; a stage left out takes as long as it takes. */
export type DeclaredLatency = { readonly [stage in LatencyStage]?: Distribution };

/** One request's delay. */
export interface Delay {
  /** What was drawn, ms; 0 where nothing is declared. */
  readonly ms: number;
  /** Resolves when so much has passed since the request came, and at once when its own work took longer. */
  pass(signal?: AbortSignal): Promise<void>;
}

/** Draws the declared delays, each stage from a stream of its own: the nth request of a stage waits the same in every run. */
export class Latency {
  readonly declared: DeclaredLatency;
  readonly #clock: Clock;
  readonly #chances: ReadonlyMap<LatencyStage, ReturnType<typeof chance>>;

  constructor(declared: DeclaredLatency, clock: Clock, seed: number) {
    this.declared = declared;
    this.#clock = clock;
    this.#chances = new Map(LATENCY_STAGES.map((stage) => [stage, chance(hashSeed(seed, 'openai', stage))]));
  }

  /** The delay of a request of `stage` that came at `since`. */
  draw(stage: LatencyStage, since: Ms): Delay {
    const distribution = this.declared[stage];
    const dice = this.#chances.get(stage);
    const ms = distribution && dice ? draw(distribution, dice) : 0;
    return { ms, pass: (signal) => this.#clock.sleepUntil(after(since, ms), signal) };
  }
}
