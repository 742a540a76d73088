import type { DtmfKey } from '../model/line.ts';

/** The keys in the order of their event codes 0 to 11 (RFC 4733 table 3). */
const KEYS: readonly DtmfKey[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'];

/** The last packet of an event is sent three times (RFC 4733 section 2.5.1.4). */
export const END_COPIES = 3;

/** -10 dBm0, a usual keypad's level. */
const VOLUME = 10;

/** The payload of one telephone-event packet (RFC 4733 section 2.3). */
export interface TelephoneEvent {
  readonly key: DtmfKey;
  readonly end: boolean;
  /** Ticks of the event's clock since its beginning. */
  readonly duration: number;
}

/** Its four bytes. */
export function buildEvent(event: TelephoneEvent): Uint8Array {
  const code = KEYS.indexOf(event.key);
  return Uint8Array.of(code, (event.end ? 0x80 : 0) | VOLUME, event.duration >>> 8, event.duration & 0xff);
}

/** The event in `payload`, or undefined for what is no key of a telephone. */
export function parseEvent(payload: Uint8Array): TelephoneEvent | undefined {
  const [code = 255, flags = 0, high = 0, low = 0] = payload;
  const key = KEYS[code];
  return key === undefined || payload.length < 4
    ? undefined
    : { key, end: (flags & 0x80) !== 0, duration: (high << 8) | low };
}
