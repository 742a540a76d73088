import { UsageError } from '../model/errors.ts';
import { conversion } from '../model/wav-layout.ts';

/** What other containers begin with: name, where, and which bytes (as Latin-1 text). */
const CONTAINERS: readonly (readonly [name: string, at: number, mark: RegExp])[] = [
  ['MP3', 0, /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
  ['AAC', 0, /^\xff[\xf0\xf1\xf8\xf9]/],
  ['Ogg (Opus or Vorbis)', 0, /^OggS/],
  ['FLAC', 0, /^fLaC/],
  ['MP4 (AAC)', 4, /^ftyp/],
  ['WebM or Matroska', 0, /^\x1a\x45\xdf\xa3/],
  ['AIFF', 0, /^FORM/],
  ['Core Audio', 0, /^caff/],
  ['AU', 0, /^\.snd/],
  ['AMR', 0, /^#!AMR/],
  ['big-endian WAV', 0, /^RIFX/],
  ['Sony Wave64', 0, /^riff/],
  ['Windows Media', 0, /^\x30\x26\xb2\x75/],
];

/** Bytes of a file's beginning that tell its container. */
export const HEAD_BYTES = 16;

/** Throws UsageError with the one command that converts `path`, when its first bytes are another container's. */
export function mustBeWav(head: Uint8Array, path: string): void {
  if (head.length === 0) throw new UsageError(`${path} is empty; record or copy it again`);
  const text = String.fromCharCode(...head);
  const found = CONTAINERS.find(([, at, mark]) => mark.test(text.slice(at)));
  if (found) throw new UsageError(`${path} is ${found[0]}, not WAV; convert it: ${conversion(path)}`);
  if (/^(RIFF|RF64|BW64)....WAVE/s.test(text)) return;
  throw new UsageError(`${path} is not a WAV recording; if it holds audio, convert it: ${conversion(path)}`);
}
