import type { Pcm } from './audio.ts';
import { UsageError } from './errors.ts';
import { conversion, wavLayout } from './wav-layout.ts';
import type { WavLayout } from './wav-layout.ts';

/** RIFF/WAVE bytes of 16-bit PCM channels of one length and rate. */
export function encodeWav(channels: readonly Pcm[], rate: number): Uint8Array {
  const frames = Math.max(0, ...channels.map((channel) => channel.length));
  const dataBytes = frames * channels.length * 2;
  const bytes = new Uint8Array(44 + dataBytes);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels.length * 2, true);
  view.setUint16(32, channels.length * 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  const samples = new Int16Array(bytes.buffer, 44);
  channels.forEach((channel, lane) => {
    for (let i = 0; i < channel.length; i++) samples[i * channels.length + lane] = channel[i] ?? 0;
  });
  return bytes;
}

/**
 * Channels of a 16-bit PCM WAV held in memory, as much of it as is there.
 * Throws UsageError naming `what` when the bytes are something else.
 */
export function decodeWav(
  bytes: Uint8Array,
  what: string,
): { readonly rate: number; readonly channels: readonly Pcm[] } {
  const source = { size: bytes.length, read: (at: number, length: number) => bytes.subarray(at, at + length) };
  const layout = wavLayout(source, what);
  if (layout.encoding !== 'pcm' || layout.width !== 2) {
    throw new UsageError(`${what} is not 16-bit PCM; convert it: ${conversion(what)}`);
  }
  return { rate: layout.rate, channels: lanesOf(bytes, layout) };
}

function lanesOf(bytes: Uint8Array, { dataAt, dataBytes, lanes }: WavLayout): Pcm[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataAt, dataBytes);
  const frames = Math.floor(dataBytes / (2 * lanes));
  return Array.from({ length: lanes }, (_, lane) => {
    const samples = new Int16Array(frames);
    for (let i = 0; i < frames; i++) samples[i] = view.getInt16(2 * (i * lanes + lane), true);
    return samples;
  });
}
