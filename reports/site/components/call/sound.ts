/** Rate at which a call is heard on its page, Hz: all that a wideband line carries. */
export const RATE = 16_000;

/** A recording as the player takes it. */
export interface Sound {
  readonly url: string;
  /** Both sides, caller first. */
  readonly peaks: Float32Array[];
  /** Seconds. */
  readonly duration: number;
}

/**
 * The whole recording, decoded and in memory as plain samples: it can be gone through on a server that cannot send parts
 * of a file, and a jump lands on its sample, where a compressed stream would have to be entered somewhere before it.
 */
export async function soundOf(url: string): Promise<Sound> {
  const file = await (await fetch(url)).arrayBuffer();
  const decoded = await new OfflineAudioContext(2, 1, RATE).decodeAudioData(file);
  const peaks = Array.from({ length: decoded.numberOfChannels }, (_, channel) => decoded.getChannelData(channel));
  return {
    url: URL.createObjectURL(new Blob([plain(peaks)], { type: 'audio/wav' })),
    peaks,
    duration: decoded.duration,
  };
}

/** RIFF/WAVE of 16-bit samples. */
function plain(channels: readonly Float32Array[]): ArrayBuffer {
  const frames = Math.max(0, ...channels.map(({ length }) => length));
  const bytes = 2 * frames * channels.length;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const tag = (at: number, text: string): void =>
    [...text].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  tag(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * channels.length * 2, true);
  view.setUint16(32, channels.length * 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, bytes, true);
  const samples = new Int16Array(view.buffer, 44);
  channels.forEach((channel, lane) => {
    for (let i = 0; i < channel.length; i++) {
      samples[i * channels.length + lane] = Math.round(32_767 * Math.max(-1, Math.min(1, channel[i] ?? 0)));
    }
  });
  return view.buffer;
}
