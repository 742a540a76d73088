import type { Pcm } from '../model/audio.ts';
import type { Codec } from '../model/line.ts';
import g722 from './codecs/g722.ts';
import opus from './codecs/opus.ts';
import pcma from './codecs/pcma.ts';
import pcmu from './codecs/pcmu.ts';

/** One direction of a stream on its way out. Call it with consecutive frames of 20 ms. */
export interface Encoder {
  /** The payload of one packet. */
  encode(samples: Pcm): Uint8Array;
  /** How long what goes in is kept before it is coded, in samples: by the change of rate. */
  readonly delay: number;
}

/** One direction of a stream on its way in. Call it with consecutive payloads. */
export interface Decoder {
  /** The samples of one packet. An empty array for a payload that is none of this codec's. */
  decode(payload: Uint8Array): Pcm;
  /** How long what was decoded is kept before it comes out, in samples: by the change of rate. */
  readonly delay: number;
}

/** A way to code audio in RTP. */
export interface CodecKind {
  /** Its static payload type (RFC 3551 table 4), or the dynamic one we offer it under. */
  readonly payloadType: number;
  /** The payload type means it without being told so. */
  readonly isStatic: boolean;
  /** As `a=rtpmap` has it, e.g. `opus/48000/2`. */
  readonly encoding: string;
  /** How much later a sample comes out of decoding than it went into coding, ms. */
  readonly delayMs: number;
  /** RTP ticks in a second. */
  readonly clockRate: number;
  /** Coding a frame takes long enough to make other packets late: it is done before the frame is due. */
  readonly isCostly: boolean;
  /** What `a=fmtp` says of how we would like to be sent to. */
  readonly parameters?: string;
  /** A fresh direction whose audio has `rate` samples a second, 8000 or 16000. */
  encoder(rate: number): Encoder;
  decoder(rate: number): Decoder;
}

const KINDS: Readonly<Record<Codec, CodecKind>> = { PCMU: pcmu, PCMA: pcma, G722: g722, opus };

/** What is known of a codec. */
export const codecKind = (codec: Codec): CodecKind => KINDS[codec];

/** Length of one packet, ms. */
export const FRAME_MS = 20;

/** A codec's own delay, in samples. */
export const ownDelay = (codec: Codec, rate: number): number => (codecKind(codec).delayMs * rate) / 1000;

/** What `codec` makes of `samples` at `rate`, frame after frame, without its delay: sample n is what went in as n. */
export function throughCodec(codec: Codec, samples: Pcm, rate: number): Pcm {
  const kind = codecKind(codec);
  const [encoder, decoder] = [kind.encoder(rate), kind.decoder(rate)];
  const delay = Math.round(encoder.delay + decoder.delay + ownDelay(codec, rate));
  const frame = (rate * FRAME_MS) / 1000;
  const padded = new Int16Array(Math.ceil((samples.length + delay) / frame) * frame);
  padded.set(samples);
  const out = new Int16Array(padded.length);
  for (let at = 0; at < padded.length; at += frame) {
    out.set(decoder.decode(encoder.encode(padded.subarray(at, at + frame))), at);
  }
  return out.subarray(delay, delay + samples.length);
}
