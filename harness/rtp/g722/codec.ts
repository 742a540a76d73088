import type { Pcm } from '../../model/audio.ts';
import { HighBand, LowBand } from './bands.ts';
import { joiner, splitter } from './bank.ts';

/** An encoder at 64 kbit/s (ITU-T G.722): two samples at 16 kHz become a byte. Frames have an even number of samples. */
export function g722Encoder(): (samples: Pcm) => Uint8Array {
  const split = splitter();
  const [low, high] = [new LowBand(), new HighBand()];
  return (samples) => {
    const bands = split(samples);
    const bytes = new Uint8Array(bands.length >> 1);
    for (let i = 0; i < bytes.length; i++) {
      const below = low.encode(bands[2 * i] as number);
      bytes[i] = (high.encode(bands[2 * i + 1] as number) << 6) | below;
    }
    return bytes;
  };
}

/** A decoder at 64 kbit/s (ITU-T G.722, mode 1): a byte becomes two samples at 16 kHz. */
export function g722Decoder(): (bytes: Uint8Array) => Pcm {
  const join = joiner();
  const [low, high] = [new LowBand(), new HighBand()];
  return (bytes) => {
    const bands = new Int32Array(2 * bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      bands[2 * i] = low.decode(byte & 63);
      bands[2 * i + 1] = high.decode(byte >> 6);
    }
    return join(bands);
  };
}
