import type { Pcm } from '../../harness/model/audio.ts';
import type { Tracks } from '../../harness/model/record.ts';
import { energyOf, percentile, power, toDb, toPower, type Energy } from './energy.ts';
import { levinson } from './levinson.ts';
import { timeOf } from './timeline.ts';

/** What is left of the agent's channel, and how far below what she sent the leak came back. */
export interface Cancelled {
  readonly own: Pcm;
  /** Undefined when taking it out changed nothing: there was no echo after all. */
  readonly lossDb: number | undefined;
  /** By how much the leak was reduced, dB. */
  readonly depthDb: number;
}

/** The path is short once its delay is known, and is learned anew for each block: a level or a clock may drift. */
const TAPS = 40;
const TAPS_BEFORE = 8;
const BLOCK_MS = 1000;
const FRAME_MS = 8;
/** A block is looked at in so many pieces. */
const LEFT_FRAMES = 50;
/** Below this a leak is not heard, dBov. */
const INAUDIBLE_DB = -62;
/** The agent is heard only this far above the leak that may remain. */
const MARGIN_DB = 10;
/** The rest of an echo's path rings this many frames on. */
const RINGING = 4;
/** Taking an echo out reduces it by this much at least in the quarter of the frames in which it goes best. */
const LEAST_DEPTH_DB = 3;
const MOST_LOSS_DB = 50;

/** Takes the leak at `delay` samples out of the agent's channel. */
export function cancel(tracks: Tracks, delay: number): Cancelled {
  const heard = reference(tracks, delay - TAPS_BEFORE);
  const leak = predicted(tracks.agent, heard, (BLOCK_MS * tracks.rate) / 1000);
  const rest = tracks.agent.map((sample, i) => sample - (leak[i] as number));
  const [sent, came, left] = [heard, leak, rest].map((samples) => energyOf(samples, tracks.rate)) as [
    Energy,
    Energy,
    Energy,
  ];
  const frames = framesOf(tracks, sent, came, left);
  const audible = frames.filter((frame) => frame.leak > toPower(INAUDIBLE_DB));
  const depth = (share: number): number =>
    toDb(
      percentile(
        Float64Array.from(audible, (frame) => frame.leak / frame.rest),
        share,
      ) ?? 0,
    ) + FULL_DB;
  // Where the agent speaks too, nothing shows how well it went: then the whole leak may remain.
  const depthDb = Math.max(0, depth(0.5));
  const lossDb =
    toDb(
      percentile(
        Float64Array.from(audible, (frame) => frame.sent / frame.leak),
        0.5,
      ) ?? 0,
    ) + FULL_DB;
  if (audible.length === 0 || depth(0.75) < LEAST_DEPTH_DB || lossDb > MOST_LOSS_DB) {
    return { own: tracks.agent, lossDb: undefined, depthDb: 0 };
  }
  return { own: ownOf(rest, frames, depthDb, tracks.rate), lossDb, depthDb };
}

/** `toDb` counts from full scale; a ratio does not. */
const FULL_DB = 20 * Math.log10(32768);

interface Frame {
  readonly sent: number;
  readonly leak: number;
  readonly rest: number;
}

function framesOf(tracks: Tracks, sent: Energy, leak: Energy, rest: Energy): readonly Frame[] {
  const width = (FRAME_MS * tracks.rate) / 1000;
  return Array.from({ length: Math.ceil(tracks.agent.length / width) }, (_, i) => {
    const [from, to] = [i * width, (i + 1) * width];
    return { sent: power(sent, from, to), leak: power(leak, from, to), rest: Math.max(1, power(rest, from, to)) };
  });
}

/** What she sent, at the agent's sample clock, `delay` samples later. */
function reference({ caller, callerOrigin, agent, maps, rate }: Tracks, delay: number): Pcm {
  const shifted = new Int16Array(agent.length);
  const block = rate / 20;
  for (let from = 0; from < agent.length; from += block) {
    const at = ((timeOf(maps, rate, from) - callerOrigin) * rate) / 1000 - delay;
    const start = Math.floor(at);
    const kernel = between(at - start);
    for (let i = 0; i < block && from + i < agent.length; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += (kernel[k] as number) * (caller[start + i + k - REACH + 1] ?? 0);
      shifted[from + i] = Math.max(-32768, Math.min(32767, Math.round(sum)));
    }
  }
  return shifted;
}

/** Samples on either side that make one between them. */
const REACH = 4;

/** Weights of the samples around a point `part` of the way from one to the next: a sinc under a Hann window. */
function between(part: number): Float64Array {
  return Float64Array.from({ length: 2 * REACH }, (_, k) => {
    const x = k - REACH + 1 - part;
    if (x === 0) return 1;
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((Math.PI * x) / (REACH + 1)));
  });
}

/**
 * The leak block by block, as a filter of least squares makes it of what she sent: the block's own, or, where the agent
 * spoke into it and spoilt it, that of the block that went best.
 */
function predicted(agent: Pcm, sent: Pcm, block: number): Pcm {
  const leak = new Int16Array(agent.length);
  const blocks = Array.from({ length: Math.ceil(agent.length / block) }, (_, i) => {
    const [from, to] = [i * block, Math.min(agent.length, (i + 1) * block)];
    const path = levinson(products(sent, sent, from, to), products(agent, sent, from, to));
    const made = path ? filtered(sent, path, from, to) : new Int16Array(to - from);
    return { from, to, path, made, left: leftOver(agent, made, from) };
  });
  const best = blocks.reduce((a, b) => (b.left.depth > a.left.depth ? b : a), blocks[0] ?? NOTHING).path;
  for (const { from, to, path, made, left } of blocks) {
    if (!path || !best) continue;
    const other = filtered(sent, best, from, to);
    leak.set(leftOver(agent, other, from).quiet < left.quiet ? other : made, from);
  }
  return leak;
}

const NOTHING = { path: undefined, left: { depth: 0, quiet: 0 } };

function filtered(sent: Pcm, path: Float64Array, from: number, to: number): Pcm {
  const made = new Int16Array(to - from);
  for (let i = from; i < to; i++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS && tap <= i; tap++) sum += (path[tap] as number) * (sent[i - tap] as number);
    made[i - from] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return made;
}

/** How quiet the quieter half of the block is without `made`, and how much less that is than what was there. */
function leftOver(agent: Pcm, made: Pcm, from: number): { readonly depth: number; readonly quiet: number } {
  const [before, after] = [new Float64Array(LEFT_FRAMES), new Float64Array(LEFT_FRAMES)];
  const width = made.length / LEFT_FRAMES;
  made.forEach((sample, i) => {
    const frame = Math.floor(i / width);
    const heard = agent[from + i] as number;
    before[frame] = (before[frame] as number) + heard * heard;
    after[frame] = (after[frame] as number) + (heard - sample) ** 2;
  });
  const quiet = percentile(after, 0.5) ?? 0;
  const depth = (percentile(before, 0.75) ?? 0) / Math.max(1, percentile(after, 0.75) ?? 0);
  return { depth, quiet };
}

/** Products of `a` with `b` shifted by 0 to TAPS - 1, summed over the block. */
function products(a: Pcm, b: Pcm, from: number, to: number): Float64Array {
  return Float64Array.from({ length: TAPS }, (_, shift) => {
    let sum = 0;
    for (let i = Math.max(from, shift); i < to; i++) sum += (a[i] as number) * (b[i - shift] as number);
    return sum;
  });
}

/** The rest where it stands out of the leak that may remain; elsewhere it is brought down to the noise. */
function ownOf(rest: Pcm, frames: readonly Frame[], depthDb: number, rate: number): Pcm {
  const own = Int16Array.from(rest);
  const width = (FRAME_MS * rate) / 1000;
  const remains = 10 ** ((MARGIN_DB - depthDb) / 10);
  const silent = frames.filter((frame) => frame.leak <= toPower(INAUDIBLE_DB)).map((frame) => frame.rest);
  // Brought down to the channel's own noise: a hole in it would be taken for the noise of the whole.
  const floor = percentile(Float64Array.from(silent), 0.3) ?? toPower(INAUDIBLE_DB - MARGIN_DB);
  frames.forEach(({ rest: power_ }, i) => {
    const leak = Math.max(...frames.slice(Math.max(0, i - RINGING), i + 1).map((frame) => frame.leak));
    if (leak < toPower(INAUDIBLE_DB) || power_ > leak * remains) return;
    const gain = Math.min(1, Math.sqrt(floor / power_));
    for (let k = i * width; k < Math.min(own.length, (i + 1) * width); k++)
      own[k] = Math.round((own[k] as number) * gain);
  });
  return own;
}
