import { createRequire } from 'node:module';
import wasm from '@evan/opus/wasm/index.js';
import type { Pcm } from '../../model/audio.ts';
import type { CodecKind, Decoder, Encoder } from '../codec.ts';

// The WebAssembly build of the package: its native one crashes the process when threads that loaded it come and go.
let libopus = wasm;

/**
 * For a process that codes in its main thread, which never goes before it: the native build, where there is one for this
 * machine. The same packets, bit for bit, for a quarter of the time.
 */
export function useNativeOpus(): void {
  try {
    libopus = createRequire(import.meta.url)('@evan/opus/node/index.js') as typeof wasm;
  } catch {
    libopus = wasm;
  }
}

/** What a voice in the wide band needs (RFC 6716 section 2.1.1), bits a second. */
const BITRATE = 24_000;

/** Requests of libopus (opus_defines.h). */
const SET_BITRATE = 4002;
const SET_INBAND_FEC = 4012;
const SET_DTX = 4016;

/** An encoder looks 6.5 ms ahead (RFC 7845 section 4.2 calls it the pre-skip): its decoder is that much behind. */
const LOOK_AHEAD_MS = 6.5;

const NOTHING: Pcm = new Int16Array(0);

function encoder(rate: number): Encoder {
  const coder = new libopus.Encoder({ channels: 1, sample_rate: rate, application: 'voip' });
  coder.ctl(SET_BITRATE, BITRATE);
  coder.ctl(SET_INBAND_FEC, 0);
  coder.ctl(SET_DTX, 0);
  return { delay: 0, encode: (samples) => coder.encode(samples) };
}

function decoder(rate: number): Decoder {
  const coder = new libopus.Decoder({ channels: 1, sample_rate: rate });
  return { delay: 0, decode: (payload) => decoded(coder, payload) };
}

/** Whatever a stranger sends must not end the thread of every call: what libopus refuses is no audio. */
function decoded(coder: InstanceType<typeof wasm.Decoder>, payload: Uint8Array): Pcm {
  if (payload.length === 0) return NOTHING;
  try {
    const bytes = coder.decode(payload);
    return new Int16Array(bytes.buffer, 0, bytes.length / 2);
  } catch {
    return NOTHING;
  }
}

/** Opus (RFC 6716, RFC 7587): one channel of voice in the wide band. Its RTP clock runs at 48 kHz whatever is coded. */
const opus: CodecKind = {
  payloadType: 96,
  isStatic: false,
  isCostly: true,
  delayMs: LOOK_AHEAD_MS,
  encoding: 'opus/48000/2',
  clockRate: 48_000,
  parameters: 'maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;useinbandfec=0;usedtx=0',
  encoder,
  decoder,
};

export default opus;
