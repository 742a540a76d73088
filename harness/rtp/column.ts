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

/** Growing samples in one buffer. */
export class Tape {
  #cells = new Int16Array(8192);
  #length = 0;

  append(more: Int16Array): void {
    const needed = this.#length + more.length;
    if (needed > this.#cells.length) {
      const wider = new Int16Array(Math.max(needed, 2 * this.#cells.length));
      wider.set(this.#cells);
      this.#cells = wider;
    }
    this.#cells.set(more, this.#length);
    this.#length = needed;
  }

  /** A copy of what was appended. */
  cells(): Int16Array<ArrayBuffer> {
    return this.#cells.slice(0, this.#length);
  }
}
