import { indexAt, timeOf } from '../../metrics/activity/timeline.ts';
import { isSpeech, utterancesOf } from '../../metrics/turns/utterances.ts';
import type { Activity, HeardWord, Sounding } from '../model/activity.ts';
import type { Pcm } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import { engineName } from '../model/makeup.ts';
import type { Tracks } from '../model/record.ts';
import type { Transcriber } from '../model/speech.ts';
import { after } from '../model/time.ts';
import { resample } from '../speech/dsp/resample.ts';
import { toFloats, toPcm } from '../speech/dsp/samples.ts';
import { ears, entry } from './registry.ts';

/** An ear that writes down, and its name. */
export interface NamedEar {
  readonly name: string;
  readonly transcriber: Transcriber;
}

/** So much before an utterance's onset and after its end goes along: soft first and last sounds (ms). */
const MARGIN = 150;

/** Opens the ear a suite names, as on a command line: `whisper:base`. Throws UsageError for one that is not there, not installed, or hears only a grammar. */
export async function openNamedEar(
  name: string | undefined,
  beside: string | undefined,
): Promise<NamedEar | undefined> {
  if (name === undefined) return undefined;
  const named = engineName(name);
  const kind = entry(await ears(beside), named.engine, 'ear');
  const missing = await kind.missing(named);
  if (missing !== undefined) throw new UsageError(missing);
  if (kind.transcriber) return { name, transcriber: await kind.transcriber(named) };
  throw new UsageError(
    `the ear "${name}" hears only what a grammar holds, and nobody knows what an agent will say; name one that writes down any words, or leave "ear" out`,
  );
}

/** The activity with the agent's words, utterance by utterance, on the call's timeline. */
export async function withWords(
  activity: Activity,
  tracks: Tracks,
  { name, transcriber }: NamedEar,
): Promise<Activity> {
  const words: HeardWord[] = [];
  for (const utterance of utterancesOf(activity.agent.filter(isSpeech))) {
    words.push(...(await wordsIn(utterance, tracks, transcriber)));
  }
  return { ...activity, words, ear: name };
}

async function wordsIn({ onset, end }: Sounding, tracks: Tracks, ear: Transcriber): Promise<readonly HeardWord[]> {
  const { maps, rate, agent } = tracks;
  const from = Math.max(0, Math.floor(indexAt(maps, rate, after(onset, -MARGIN))));
  const to = Math.min(agent.length, Math.ceil(indexAt(maps, rate, after(end, MARGIN))));
  if (to <= from) return [];
  const written = await ear.transcribe(atRate(agent.subarray(from, to), rate, ear.rate));
  const at = (ms: number): HeardWord['from'] => timeOf(maps, rate, from + (ms * rate) / 1000);
  return written.map(({ text, fromMs, toMs, uMs }) => ({ text, from: at(fromMs), to: at(toMs), u: uMs }));
}

const atRate = (samples: Pcm, from: number, to: number): Pcm =>
  from === to ? samples : toPcm(resample(toFloats(samples), from, to));
