import type { WavLayout } from '../model/wav-layout.ts';
import { decodeG711 } from '../rtp/g711.ts';

/** Reads sample `index` of interleaved ones, as a fraction of full scale. */
type Reader = (index: number) => number;

/** Whole frames of interleaved bytes as one array a lane, fractions of full scale; floats as they are. */
export function lanesOf(bytes: Uint8Array, layout: Pick<WavLayout, 'encoding' | 'width' | 'lanes'>): Float32Array[] {
  const { lanes, width } = layout;
  const frames = Math.floor(bytes.length / (lanes * width));
  const read = readerOf(bytes, layout);
  return Array.from({ length: lanes }, (_, lane) => {
    const samples = new Float32Array(frames);
    for (let i = 0; i < frames; i++) samples[i] = read(i * lanes + lane);
    return samples;
  });
}

function readerOf(bytes: Uint8Array, { encoding, width }: Pick<WavLayout, 'encoding' | 'width'>): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === 'mulaw' || encoding === 'alaw') {
    const samples = decodeG711(encoding === 'mulaw' ? 'PCMU' : 'PCMA', bytes);
    return (i) => (samples[i] as number) / 2 ** 15;
  }
  if (encoding === 'float') {
    return width === 8 ? (i) => view.getFloat64(8 * i, true) : (i) => view.getFloat32(4 * i, true);
  }
  switch (width) {
    case 1:
      // The one width that RIFF keeps unsigned.
      return (i) => ((bytes[i] as number) - 128) / 2 ** 7;
    case 2:
      return (i) => view.getInt16(2 * i, true) / 2 ** 15;
    case 3:
      return (i) => (view.getInt16(3 * i + 1, true) * 256 + (bytes[3 * i] as number)) / 2 ** 23;
    default:
      return (i) => view.getInt32(4 * i, true) / 2 ** 31;
  }
}
