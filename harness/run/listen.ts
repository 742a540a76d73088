import type { Pcm } from '../model/audio.ts';
import { concatPcm } from '../model/audio.ts';
import type { Phone } from '../model/line.ts';
import type { Plan, PlannedLine, PlannedStimulus } from '../model/plan.ts';
import type { Clip, Rendered } from '../model/rendered.ts';
import { chance, hashSeed } from '../model/seed.ts';
import { decodeG711, encodeG711 } from '../rtp/g711.ts';

/** Something she says, and where it lies in the audition, ms. */
export interface Heard {
  readonly id: string;
  readonly kind: 'line' | PlannedStimulus['kind'];
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}

/** What a caller will say, as the line will carry it: no agent speaks in it. */
export interface Audition {
  readonly rate: number;
  readonly samples: Pcm;
  readonly heard: readonly Heard[];
}

/** Stands for the agent's turns, ms. */
const GAP_MS = 1000;
const PACKET_MS = 20;

/** How much of it: what she says if all goes well, or also what she only says when asked (again). */
export type Extent = 'agenda' | 'all';

/** Her lines in order with her habits, each followed by what she does over the reply to it, in her place, over her phone. Pure. */
export function audition(plan: Plan, rendered: Rendered, extent: Extent): Audition {
  const { rate } = rendered;
  const gap = new Int16Array(Math.round((GAP_MS * rate) / 1000));
  const pieces: Pcm[] = [gap];
  const heard: Heard[] = [];
  let at = gap.length;
  for (const { id, kind, clip } of inOrder(plan, rendered, extent)) {
    const ms = (sample: number): number => Math.round(((at + sample) * 1000) / rate);
    heard.push({ id, kind, fromMs: ms(clip.onset), toMs: ms(clip.end), text: clip.text });
    pieces.push(clip.samples, gap);
    at += clip.samples.length + gap.length;
  }
  const samples = overPhone(inPlace(concatPcm(pieces), rendered.bed), rate, plan);
  return { rate, samples, heard };
}

interface Item {
  readonly id: string;
  readonly kind: Heard['kind'];
  readonly clip: Clip;
}

function inOrder(plan: Plan, rendered: Rendered, extent: Extent): readonly Item[] {
  const line = (id: string): readonly Item[] => {
    const clip = rendered.lines.get(id);
    return clip ? [{ id, kind: 'line', clip }] : [];
  };
  const over = (id: string): readonly Item[] =>
    plan.stimuli
      .filter(({ trigger, sham }) => trigger.line === id && !sham)
      .flatMap(({ id: own, kind }) => {
        const clip = rendered.stimuli.get(own);
        return clip ? [{ id: own, kind, clip }] : [];
      });
  const ways = ({ id, again }: PlannedLine): readonly string[] => [id, ...again.map((_, n) => `${id}#${n + 1}`)];
  const [agenda, asides] = [plan.lines.filter((one) => one.onAgenda), plan.lines.filter((one) => !one.onAgenda)];
  const told = agenda.flatMap((one) => [...(extent === 'all' ? ways(one) : [one.id]).flatMap(line), ...over(one.id)]);
  return [...over(''), ...told, ...(extent === 'all' ? asides.flatMap(ways).flatMap(line) : [])];
}

/** The place's noise looped under it. */
const inPlace = (samples: Pcm, bed: Pcm | undefined): Pcm =>
  bed ? samples.map((sample, i) => Math.max(-32_768, Math.min(32_767, sample + (bed[i % bed.length] ?? 0)))) : samples;

/** What her phone makes of it: its codec where that is G.711, and its losses as silence. */
function overPhone(samples: Pcm, rate: number, { phone, seed }: Plan): Pcm {
  const coded = throughCodec(samples, phone);
  const dice = chance(hashSeed(seed, 'audition'));
  const packet = Math.round((PACKET_MS * rate) / 1000);
  const kept = Array.from({ length: Math.ceil(coded.length / packet) }, () => dice.next() >= phone.loss);
  return coded.map((sample, i) => (kept[Math.floor(i / packet)] ? sample : 0));
}

function throughCodec(samples: Pcm, { codec }: Phone): Pcm {
  if (codec === 'PCMU' || codec === 'PCMA') return decodeG711(codec, encodeG711(codec, samples));
  return samples;
}
