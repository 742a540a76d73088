/** Growing numbers in one buffer: a call's packets are kept without an object each. */
export class Column {
  #cells = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#cells.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#cells);
      this.#cells = wider;
    }
    this.#cells[this.#length++] = value;
  }

  /** A copy of what was pushed. */
  values(): Float64Array<ArrayBuffer> {
    return this.#cells.slice(0, this.#length);
  }
}

/** Growing samples or codewords in one buffer. */
export class Tape<Cells extends Int16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>> {
  readonly #make: (length: number) => Cells;
  #cells: Cells;
  #length = 0;

  constructor(make: (length: number) => Cells) {
    this.#make = make;
    this.#cells = make(8192);
  }

  append(more: Int16Array | Uint8Array): void {
    const needed = this.#length + more.length;
    if (needed > this.#cells.length) {
      const wider = this.#make(Math.max(needed, 2 * this.#cells.length));
      wider.set(this.#cells);
      this.#cells = wider;
    }
    this.#cells.set(more, this.#length);
    this.#length = needed;
  }

  /** A copy of what was appended. */
  cells(): Cells {
    return this.#cells.slice(0, this.#length) as Cells;
  }
}
