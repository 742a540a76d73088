const LONGEST_MESSAGE = 1 << 20;
const endOfHead = Buffer.from('\r\n\r\n');

/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 18.3). */
export class Frames {
  #bytes: Buffer = Buffer.alloc(0);

  /** Adds bytes; returns the messages they completed. Throws when the stream cannot be SIP. */
  push(bytes: Buffer): readonly string[] {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    const messages: string[] = [];
    for (;;) {
      const next = this.#next();
      if (next === undefined) return messages;
      messages.push(next);
    }
  }

  #next(): string | undefined {
    while (this.#bytes[0] === 0x0d || this.#bytes[0] === 0x0a) this.#bytes = this.#bytes.subarray(1);
    const end = this.#bytes.indexOf(endOfHead);
    if (end < 0) {
      if (this.#bytes.length > LONGEST_MESSAGE) throw new Error('a SIP head without an end');
      return undefined;
    }
    const head = this.#bytes.toString('utf8', 0, end);
    const length = end + endOfHead.length + Number(/^(?:content-length|l)[ \t]*:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0);
    if (length > LONGEST_MESSAGE) throw new Error('a SIP message longer than a megabyte');
    if (this.#bytes.length < length) return undefined;
    const message = this.#bytes.toString('utf8', 0, length);
    this.#bytes = this.#bytes.subarray(length);
    return message;
  }
}
