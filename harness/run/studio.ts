import type { Voice } from '../model/speech.ts';
import type { Plan } from '../model/plan.ts';
import type { Rendered } from '../model/rendered.ts';
import { UsageError } from '../model/errors.ts';
import { renderPlan, textsOf } from '../render/render.ts';
import { entry, places, voices } from './registry.ts';

/** Where audio is made before the phone rings: voices opened on demand, places, and a cache on disk. */
export interface Studio {
  voice(engine: string): Promise<Voice>;
  render(plan: Plan): Promise<Rendered>;
  close(): Promise<void>;
}

/** Opens a studio. `beside` is the folder of a user's suite, `cache` where rendered audio is kept. */
export async function openStudio(beside: string | undefined, cache: string | undefined): Promise<Studio> {
  const [kinds, where] = await Promise.all([voices(beside), places(beside)]);
  const opened = new Map<string, Promise<Voice>>();
  const open = async (engine: string): Promise<Voice> => {
    const kind = entry(kinds, engine, 'voice engine');
    const missing = await kind.missing();
    if (missing !== undefined) throw new UsageError(missing);
    return kind.open(beside);
  };
  const voice = (engine: string): Promise<Voice> => {
    const known = opened.get(engine) ?? open(engine);
    opened.set(engine, known);
    return known;
  };
  return {
    voice,
    render: async (plan) => {
      const { engine, name } = plan.voice;
      const speaker = await voice(engine);
      const lacking = speaker.lacks?.(textsOf(plan), plan.voice) ?? [];
      if (lacking.length > 0) throw new UsageError(unrecorded(name, lacking));
      return renderPlan(plan, new Map([[engine, speaker]]), where, cache);
    },
    close: async () => {
      await Promise.all([...opened.values()].map(async (voice) => (await voice).close()));
    },
  };
}

/** What is still to be recorded, all of it at once. */
const unrecorded = (name: string, texts: readonly string[]): string =>
  `the voice "${name}" has no recording of ${texts.map((text) => `"${text}"`).join(', ')}; record each as a mono WAV in voices/${name}, named by its words or with a .txt that says them`;
