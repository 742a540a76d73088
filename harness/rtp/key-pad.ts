import type { DtmfKey } from '../model/line.ts';
import { FRAME_MS } from './codec.ts';
import { buildEvent, END_COPIES } from './telephone-event.ts';

/** One telephone-event packet to send. */
export interface KeyPacket {
  /** The frame in which its event began: the packet's timestamp. */
  readonly begin: number;
  readonly payload: Uint8Array;
}

/** Length of a key, in frames: 100 ms. */
const KEY_FRAMES = 5;

/** Silence between two keys, in frames: 60 ms. */
const PAUSE_FRAMES = 3;

/** Presses keys one after another: updates every frame, then the end three times (RFC 4733 section 2.5.1). */
export class KeyPad {
  readonly #frameTicks: number;
  readonly #waiting: DtmfKey[] = [];
  #pressed: { readonly key: DtmfKey; readonly begin: number } | undefined;
  #freeFrom = 0;

  /** `clockRate`: ticks in a second of the events' clock, that of the audio they go with (RFC 4733 section 2.3.4). */
  constructor(clockRate: number) {
    this.#frameTicks = (clockRate * FRAME_MS) / 1000;
  }

  press(key: DtmfKey): void {
    this.#waiting.push(key);
  }

  /** The packets that go with frame number `frame`. */
  next(frame: number): readonly KeyPacket[] {
    if (!this.#pressed && frame >= this.#freeFrom) {
      const key = this.#waiting.shift();
      if (key !== undefined) this.#pressed = { key, begin: frame };
    }
    if (!this.#pressed) return [];
    const { key, begin } = this.#pressed;
    const lasted = frame + 1 - begin;
    const end = lasted === KEY_FRAMES;
    const duration = lasted * this.#frameTicks;
    const packet = { begin, payload: buildEvent({ key, end, duration }) };
    if (!end) return [packet];
    this.#pressed = undefined;
    this.#freeFrom = frame + 1 + PAUSE_FRAMES;
    return Array.from({ length: END_COPIES }, () => packet);
  }
}
