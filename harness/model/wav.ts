import type { Pcm } from './audio.ts';
import { UsageError } from './errors.ts';

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

/** Channels of a 16-bit PCM WAV. Throws UsageError naming `what` when the bytes are something else. */
export function decodeWav(
  bytes: Uint8Array,
  what: string,
): { readonly rate: number; readonly channels: readonly Pcm[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') {
    throw new UsageError(`${what} is not a WAV file; record it as 16-bit PCM WAV`);
  }
  let format: { code: number; lanes: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ') {
      format = {
        code: view.getUint16(body, true),
        lanes: view.getUint16(body + 2, true),
        rate: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
      };
    } else if (tag(at) === 'data') {
      if (!format || format.bits !== 16 || (format.code !== 1 && format.code !== 0xfffe) || format.lanes === 0) {
        throw new UsageError(`${what} is not 16-bit PCM; convert it, e.g. sox IN -b 16 -e signed OUT.wav`);
      }
      return { rate: format.rate, channels: lanesOf(view, body, Math.min(size, bytes.length - body), format.lanes) };
    }
    at = body + size + (size & 1);
  }
  throw new UsageError(`${what} holds no audio; record it again`);
}

function lanesOf(view: DataView, from: number, byteCount: number, lanes: number): Pcm[] {
  const frames = Math.floor(byteCount / (2 * lanes));
  return Array.from({ length: lanes }, (_, lane) =>
    Int16Array.from({ length: frames }, (_unused, i) => view.getInt16(from + 2 * (i * lanes + lane), true)),
  );
}
