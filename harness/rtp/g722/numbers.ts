/** The 16-bit arithmetic of ITU-T G.722 section 6.2: sums saturate, products lose their low bits. */
export const sat16 = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

/** A decoded sub-band signal is kept to 15 bits (LIMIT). */
export const sat15 = (value: number): number => (value > 16_383 ? 16_383 : value < -16_384 ? -16_384 : value);
