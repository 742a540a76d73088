import type { Pcm } from '../../model/audio.ts';

/** Samples as fractions of full scale, [-1, 1]. */
export function toFloats(pcm: Pcm): Float32Array {
  const floats = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) floats[i] = (pcm[i] ?? 0) / 32768;
  return floats;
}

/** Rounded 16-bit samples; what exceeds full scale is clipped. */
export function toPcm(floats: Float32Array): Pcm {
  const pcm = new Int16Array(floats.length);
  for (let i = 0; i < floats.length; i++) {
    pcm[i] = Math.max(-32768, Math.min(32767, Math.round((floats[i] ?? 0) * 32768)));
  }
  return pcm;
}

/** Adds `layer` into `onto` from sample `at`; what lies outside is dropped. */
export function addInto(onto: Float32Array, layer: Float32Array, at: number): void {
  const from = Math.max(0, -at);
  const until = Math.min(layer.length, onto.length - at);
  for (let i = from; i < until; i++) onto[at + i] = (onto[at + i] ?? 0) + (layer[i] ?? 0);
}
