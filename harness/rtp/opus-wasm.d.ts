declare module '@evan/opus/wasm/index.js' {
  /** 16-bit samples in, a packet out; both are copies. `ctl` is `opus_encoder_ctl`. */
  class Encoder {
    constructor(options: { channels: 1 | 2; sample_rate: number; application: 'voip' });
    ctl(request: number, value: number): number;
    encode(samples: Int16Array): Uint8Array<ArrayBuffer>;
  }
  /** A packet in, the bytes of 16-bit samples out. Throws for what is no Opus. */
  class Decoder {
    constructor(options: { channels: 1 | 2; sample_rate: number });
    decode(packet: Uint8Array): Uint8Array<ArrayBuffer>;
  }
  const libopus: { readonly Encoder: typeof Encoder; readonly Decoder: typeof Decoder };
  export default libopus;
}
