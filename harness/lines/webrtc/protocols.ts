import type { Answering } from '../../webrtc/answering/answering.ts';
import jsonAnswering from '../../webrtc/answering/json.ts';
import openaiAnswering from '../../webrtc/answering/openai.ts';
import pipecatAnswering from '../../webrtc/answering/pipecat.ts';
import whipAnswering from '../../webrtc/answering/whip.ts';
import json from '../../webrtc/signalling/json.ts';
import openai from '../../webrtc/signalling/openai.ts';
import pipecat from '../../webrtc/signalling/pipecat.ts';
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

export const PROTOCOLS: Readonly<Record<Scheme, Protocol>> = {
  whip: { calling: whip, answering: whipAnswering, path: '/whip' },
  pipecat: { calling: pipecat, answering: pipecatAnswering, path: '/api/offer' },
  openai: { calling: openai, answering: openaiAnswering, path: '/v1/realtime/calls' },
  json: { calling: json, answering: jsonAnswering, path: '/offer' },
};
