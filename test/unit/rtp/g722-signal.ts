/**
 * Four seconds at 16 kHz that drive every part of G.722: sweeps that cross both bands, noise from a whisper to full
 * scale, silence, and clipping. Whole numbers only, so that it is the same everywhere.
 */
export function g722Signal(): Int16Array<ArrayBuffer> {
  let noise = 1;
  let phase = 0;
  return Int16Array.from({ length: 64_000 }, (_, i) => {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
    phase = (phase + 400 + ((i * 3) % 30_000)) & 0xffff;
    const saw = phase < 32_768 ? phase - 16_384 : 49_152 - phase;
    const hiss = (noise >>> 16) - 32_768;
    const part = i >> 13;
    const value = [saw >> 1, hiss >> 8, 0, (saw >> 3) + (hiss >> 5), hiss, saw * 3, hiss >> 3, saw][part] ?? 0;
    return Math.max(-32_768, Math.min(32_767, value));
  });
}
