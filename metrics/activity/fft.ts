/** Discrete Fourier transforms of one length, a power of two, in place. */
export interface Fourier {
  readonly size: number;
  /** `re` and `im` become their spectrum, without scaling; swap the two for the inverse. */
  transform(re: Float64Array, im: Float64Array): void;
}

/** The radix-2 transform of Cooley and Tukey (1965). Throws RangeError when `size` is no power of two. */
export function fourier(size: number): Fourier {
  if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`a transform of ${size} is no power of two`);
  const cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const mirrored = mirrors(size);
  return {
    size,
    transform: (re, im) => {
      for (let i = 0; i < size; i++) {
        const j = mirrored[i] as number;
        if (j > i) swap(re, im, i, j);
      }
      for (let half = 1; half < size; half *= 2) butterflies(re, im, half, cos, sin);
    },
  };
}

function butterflies(re: Float64Array, im: Float64Array, half: number, cos: Float64Array, sin: Float64Array): void {
  const turn = cos.length / half;
  const size = re.length;
  for (let k = 0; k < half; k++) {
    const c = cos[k * turn] as number;
    const s = sin[k * turn] as number;
    for (let low = k; low < size; low += 2 * half) {
      const high = low + half;
      const a = re[high] as number;
      const b = im[high] as number;
      const x = a * c + b * s;
      const y = b * c - a * s;
      re[high] = (re[low] as number) - x;
      im[high] = (im[low] as number) - y;
      re[low] = (re[low] as number) + x;
      im[low] = (im[low] as number) + y;
    }
  }
}

/** Each index with its bits in reverse. */
function mirrors(size: number): Uint32Array {
  const mirrored = new Uint32Array(size);
  for (let i = 0; i < size; i++) mirrored[i] = ((mirrored[i >> 1] as number) >> 1) | (i & 1 ? size >> 1 : 0);
  return mirrored;
}

function swap(re: Float64Array, im: Float64Array, i: number, j: number): void {
  const [a, b] = [re[i] as number, im[i] as number];
  re[i] = re[j] as number;
  im[i] = im[j] as number;
  re[j] = a;
  im[j] = b;
}
