import { openVad } from '../harness/speech/vad.ts';
import soundswallower from '../harness/speech/ears/soundswallower.ts';
import flite from '../harness/speech/voices/flite.ts';
import { UsageError } from '../harness/model/errors.ts';
import type { EngineName } from '../harness/model/makeup.ts';
import type { Ear, EarKind, VoiceChoice, VoiceKind } from '../harness/model/speech.ts';
import { usualChoice } from './agent.ts';
import type { Engines } from './agent.ts';
import rules from './brains/rules.ts';
import { unusable } from './kinds.ts';
import type { BrainKind, OpenWhole, WholeKind } from './kinds.ts';
import { grammars, pronunciations } from './ear/grammars.ts';

/** Engines that were opened, to be closed again. */
export interface OpenEngines extends Engines {
  readonly choice: VoiceChoice;
  readonly phrases: readonly string[];
  close(): Promise<void>;
}

/** An engine, and how it was named. */
interface Named<Kind> {
  readonly kind: Kind;
  readonly name: EngineName;
}

/** What an agent is to hear, think and speak with. `whole` takes the place of all three. */
export interface EngineKinds {
  readonly ear: Named<EarKind>;
  readonly brain: Named<BrainKind>;
  readonly voice: Named<VoiceKind>;
  readonly whole?: Named<WholeKind>;
}

/** The embedded ones. */
export const embedded: EngineKinds = {
  ear: { kind: soundswallower, name: { engine: 'soundswallower' } },
  brain: { kind: rules, name: { engine: 'rules' } },
  voice: { kind: flite, name: { engine: 'flite' } },
};

/** Throws UsageError for the first that is not there: before any of them is opened, and before any phone rings. */
async function demand(kinds: EngineKinds): Promise<void> {
  for (const { kind, name } of [kinds.ear, kinds.brain, kinds.voice, ...(kinds.whole ? [kinds.whole] : [])]) {
    const missing = await kind.missing(name);
    if (missing !== undefined) throw new UsageError(missing);
  }
}

/**
 * Opens engines, every grammar compiled and every connection made; `workers` ears share the calls. `memory`: a file of
 * earlier decodes. Throws UsageError when one is missing, or cannot be used as it was named.
 */
export async function openEngines(
  workers: number,
  memory?: string,
  kinds: EngineKinds = embedded,
): Promise<OpenEngines> {
  await demand(kinds);
  const open = new Opened();
  try {
    const [voice, ear, vad, brain, whole] = await Promise.all([
      open.keep(kinds.voice.kind.open(undefined, kinds.voice.name)),
      open.keep(openEar(kinds.ear, workers, memory)),
      open.keep(openVad()),
      open.keep(kinds.brain.kind.open(kinds.brain.name)),
      kinds.whole && open.keep(kinds.whole.kind.open(kinds.whole.name)),
    ]);
    const choice = await choiceOf(kinds.voice);
    const { lead, phrases } = brain;
    return { voice, ear, vad: () => vad.stream(), choice, lead, phrases, ...leadBy(whole), close: () => open.close() };
  } catch (error) {
    await open.close();
    throw error;
  }
}

const leadBy = (whole: OpenWhole | undefined): Pick<Engines, 'whole'> => (whole ? { whole } : {});

/** Engines on their way: when one cannot be opened, the others are closed again. */
class Opened {
  readonly #all: Promise<{ close(): Promise<void> }>[] = [];

  keep<T extends { close(): Promise<void> }>(engine: Promise<T>): Promise<T> {
    this.#all.push(engine);
    return engine;
  }

  async close(): Promise<void> {
    const settled = await Promise.allSettled(this.#all);
    await Promise.all(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
  }
}

/** With every grammar in it; one that is asked elsewhere has heard a moment of silence, so that its connection is open. */
async function openEar({ kind, name }: Named<EarKind>, workers: number, memory: string | undefined): Promise<Ear> {
  const ear = await kind.open(workers, memory, name);
  try {
    await ear.prepare(grammars, pronunciations);
    if (kind !== soundswallower) await hearNothing(ear);
    return ear;
  } catch (error) {
    await ear.close();
    if (kind === soundswallower) throw error;
    throw unusable('ear', name, error);
  }
}

async function hearNothing(ear: Ear): Promise<void> {
  const hearing = ear.listen('opening');
  await hearing.push(new Int16Array(ear.rate / 5));
  await hearing.finish();
}

/** The voice that was named, or the engine's first; the embedded one has a name of our own choice. */
async function choiceOf({ kind, name: asked }: Named<VoiceKind>): Promise<VoiceChoice> {
  const { engine, model } = asked;
  if (kind === flite) return { ...usualChoice, name: model ?? usualChoice.name };
  const name = model ?? (await kind.voices(undefined, asked))[0];
  if (name === undefined) throw new UsageError(`name a voice of "${engine}", e.g. --voice ${engine}:NAME`);
  return { engine, name, rate: 1 };
}
