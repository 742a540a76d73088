import { UsageError } from './errors.ts';

/** Bytes that can be read from anywhere, so that a header is found without loading the file. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `at`; fewer at the end. */
  read(at: number, length: number): Uint8Array;
}

/** How a WAV's samples are written. */
export type WavEncoding = 'pcm' | 'float' | 'mulaw' | 'alaw';

/** Where the samples of a WAV are, and how they are written. */
export interface WavLayout {
  readonly encoding: WavEncoding;
  /** Hz. */
  readonly rate: number;
  readonly lanes: number;
  /** Bytes of one sample of one lane. */
  readonly width: number;
  readonly dataAt: number;
  /** Bytes of samples that are there. */
  readonly dataBytes: number;
  /** Bytes the header promises; undefined where the writer did not know how long it would be. */
  readonly promised: number | undefined;
  /** Bytes after the samples that belong to no chunk: the header says less than there is. */
  readonly strayBytes: number;
}

interface Chunk {
  readonly tag: string;
  readonly body: number;
  readonly size: number;
}

/** Writers that stream leave one of these for a size they do not know yet; RF64 keeps the true size in `ds64`. */
const UNKNOWN_SIZES: ReadonlySet<number> = new Set([0xffffffff, 0x7fffffff, 0x7ffff000, 0xfffff000]);
const SIZE_ELSEWHERE = 0xffffffff;
/** A file of more chunks than this is no recording (a fuzzer's, or damaged). */
const MOST_CHUNKS = 10_000;
const FORMATS: Readonly<Record<number, WavEncoding>> = { 1: 'pcm', 3: 'float', 6: 'alaw', 7: 'mulaw' };
const EXTENSIBLE = 0xfffe;
const WIDTHS: Readonly<Record<WavEncoding, readonly number[]>> = {
  pcm: [1, 2, 3, 4],
  float: [4, 8],
  mulaw: [1],
  alaw: [1],
};
/** The tail that every KSDATAFORMAT GUID of a wave format has, after its two bytes of format code. */
const GUID_TAIL = '000000001000800000aa00389b71';

/**
 * Finds format and samples of a RIFF, RF64 or BW64 WAV, whatever the order of its chunks.
 * Throws UsageError naming `what` when it is no WAV, or one whose header cannot be true.
 */
export function wavLayout(source: ByteSource, what: string): WavLayout {
  const head = source.read(0, 12);
  if (!isWave(head)) throw new UsageError(`${what} is not a WAV file; record it as WAV, e.g. 16-bit PCM`);
  const wide = textAt(head, 0) !== 'RIFF';
  let format: Format | undefined;
  let data: { readonly at: number; readonly size: number; readonly promised: number | undefined } | undefined;
  let wideSize: number | undefined;
  let [at, seen] = [12, 0];
  while (at + 8 <= source.size && seen++ < MOST_CHUNKS) {
    const chunk = chunkAt(source, at);
    if (!chunk) break;
    if (chunk.tag === 'ds64' && wide) wideSize = wideDataSize(source, chunk);
    if (chunk.tag === 'fmt ') format ??= formatOf(source, chunk, what);
    if (chunk.tag === 'data' && !data) {
      const size = wide && chunk.size === SIZE_ELSEWHERE && wideSize !== undefined ? wideSize : chunk.size;
      const known = size === wideSize || !UNKNOWN_SIZES.has(size);
      const there = source.size - chunk.body;
      data = { at: chunk.body, size: known ? Math.min(size, there) : there, promised: known ? size : undefined };
      at = chunk.body + data.size + (data.size & 1);
      continue;
    }
    at = chunk.body + chunk.size + (chunk.size & 1);
  }
  if (!format) throw new UsageError(`${what} does not say how its samples are written (no fmt chunk); record it again`);
  if (!data) throw new UsageError(`${what} holds no audio (no data chunk); record it again`);
  const strayBytes = Math.max(0, source.size - at);
  return { ...format, dataAt: data.at, dataBytes: data.size, promised: data.promised, strayBytes };
}

type Format = Pick<WavLayout, 'encoding' | 'rate' | 'lanes' | 'width'>;

function formatOf(source: ByteSource, { body, size }: Chunk, what: string): Format {
  const bytes = source.read(body, Math.min(size, 40));
  if (bytes.length < 16) throw new UsageError(`${what} breaks off inside its header; copy or record it again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [lanes, rate, block, bits] = [2, 4, 12, 14].map((at) =>
    at === 4 ? view.getUint32(at, true) : view.getUint16(at, true),
  ) as [number, number, number, number];
  const code = view.getUint16(0, true) === EXTENSIBLE ? extendedCode(bytes, view, what) : view.getUint16(0, true);
  const encoding = FORMATS[code];
  if (encoding === undefined) {
    throw new UsageError(`${what} is WAV in a compressed form (format ${code}); convert it: ${conversion(what)}`);
  }
  if (lanes === 0) throw new UsageError(`${what} says that it has no channels; its header is damaged: record it again`);
  const width = block / lanes;
  if (!WIDTHS[encoding].includes(width) || bits > width * 8 || bits === 0) {
    throw new UsageError(
      `${what} says ${lanes} channels of ${bits} bits in ${block} bytes, which cannot be; convert it: ${conversion(what)}`,
    );
  }
  return { encoding, rate, lanes, width };
}

/** The format code inside WAVE_FORMAT_EXTENSIBLE's GUID. */
function extendedCode(bytes: Uint8Array, view: DataView, what: string): number {
  const tail = [...bytes.subarray(26, 40)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (tail === GUID_TAIL) return view.getUint16(24, true);
  throw new UsageError(`${what} is WAV in a form of its maker's own; convert it: ${conversion(what)}`);
}

/** The one command that turns any recording into a WAV that is read everywhere. */
export function conversion(path: string): string {
  const quoted = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
  const out = quoted.replace(/(\.\w+)?('?)$/, '-converted.wav$2');
  return `ffmpeg -i ${quoted} -c:a pcm_s16le ${out}`;
}

const isWave = (head: Uint8Array): boolean =>
  head.length === 12 && ['RIFF', 'RF64', 'BW64'].includes(textAt(head, 0)) && textAt(head, 8) === 'WAVE';

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The chunk at `at`; undefined when these bytes are none (a name is printable, and lies inside the file). */
function chunkAt(source: ByteSource, at: number): Chunk | undefined {
  const bytes = source.read(at, 8);
  if (bytes.length < 8) return undefined;
  const tag = textAt(bytes, 0);
  const size = new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4, true);
  if (!/^[\x20-\x7e]{4}$/.test(tag)) return undefined;
  if (tag !== 'data' && at + 8 + size > source.size + 1) return undefined;
  return { tag, body: at + 8, size };
}

/** `ds64`: 64-bit sizes of the whole file and of the samples (EBU Tech 3306, ITU-R BS.2088). */
function wideDataSize(source: ByteSource, { body }: Chunk): number | undefined {
  const bytes = source.read(body + 8, 8);
  return bytes.length < 8 ? undefined : Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}
