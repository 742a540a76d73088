import type { DtmfKey } from '../model/line.ts';
import { buildEvent, END_COPIES, KEY_SAMPLES } from './telephone-event.ts';

/** One telephone-event packet to send. */
export interface KeyPacket {
  /** Media index at which its event began: the packet's timestamp. */
  readonly begin: number;
  readonly payload: Uint8Array;
}

/** Silence between two keys, in samples: 60 ms. */
const PAUSE_SAMPLES = 480;

/** Presses keys one after another: updates every frame, then the end three times (RFC 4733 section 2.5.1). */
export class KeyPad {
  readonly #frameSamples: number;
  readonly #waiting: DtmfKey[] = [];
  #pressed: { readonly key: DtmfKey; readonly begin: number } | undefined;
  #freeFrom = 0;

  constructor(frameSamples: number) {
    this.#frameSamples = frameSamples;
  }

  press(key: DtmfKey): void {
    this.#waiting.push(key);
  }

  /** The packets that go with the frame at `mediaIndex`. */
  next(mediaIndex: number): readonly KeyPacket[] {
    if (!this.#pressed && mediaIndex >= this.#freeFrom) {
      const key = this.#waiting.shift();
      if (key !== undefined) this.#pressed = { key, begin: mediaIndex };
    }
    if (!this.#pressed) return [];
    const { key, begin } = this.#pressed;
    const duration = Math.min(mediaIndex + this.#frameSamples - begin, KEY_SAMPLES);
    const end = duration === KEY_SAMPLES;
    const packet = { begin, payload: buildEvent({ key, end, duration }) };
    if (!end) return [packet];
    this.#pressed = undefined;
    this.#freeFrom = mediaIndex + this.#frameSamples + PAUSE_SAMPLES;
    return Array.from({ length: END_COPIES }, () => packet);
  }
}
