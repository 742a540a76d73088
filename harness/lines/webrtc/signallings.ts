import type { Answering } from '../../webrtc/answering/answering.ts';
import whipAnswering from '../../webrtc/answering/whip.ts';
import type { Signalling } from '../../webrtc/signalling/signalling.ts';
import whip from '../../webrtc/signalling/whip.ts';
import type { Scheme } from './address.ts';

/** One protocol, from both ends. */
export interface Protocol {
  readonly calling: Signalling;
  readonly answering: Answering;
  /** Where it answers at a place that takes every kind of offer. */
  readonly path: string;
}

export const PROTOCOLS: Readonly<Partial<Record<Scheme, Protocol>>> = {
  whip: { calling: whip, answering: whipAnswering, path: '/whip' },
};
