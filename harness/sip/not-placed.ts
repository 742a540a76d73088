import type { Core } from 'sip.js';
import { placeIn, type Destination } from './destination.ts';

/**
 * Why no call came about. `final`: the other side said so (status, phrase); `silent`: nothing ever came back;
 * `unanswered`: it rang in vain; `unreachable`: the network said so; `configuration`: no call can come about until
 * somebody mends what the message names; `aborted`: we thought better of it.
 */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced';
  readonly why: 'final' | 'silent' | 'unanswered' | 'unreachable' | 'configuration' | 'aborted';
  /** Final SIP status, 0 when there was none. */
  readonly status: number;
  constructor(why: NotPlaced['why'], status: number, detail: string) {
    super(detail);
    this.why = why;
    this.status = status;
  }
}

/** What a response was an answer to. */
export interface Asked {
  readonly hop: Destination;
  /** Something had come back before. */
  readonly heard: boolean;
  /** The user whose password was at hand; undefined without credentials. */
  readonly user: string | undefined;
}

/**
 * What a final response to an INVITE means. sip.js reports a time-out and a broken connection as responses of its own
 * making: those never had a Via.
 */
export function verdict(message: Core.IncomingResponseMessage, asked: Asked): NotPlaced {
  const status = message.statusCode ?? 0;
  if (message.hasHeader('via')) return answered(status, message.reasonPhrase ?? '', asked);
  if (status !== 408) return brokenOff(asked.hop);
  return asked.heard
    ? new NotPlaced('unanswered', 408, 'the call was never answered')
    : new NotPlaced('silent', 0, `nothing ever came back from ${placeIn(asked.hop)}`);
}

/** What is said when a connection that stood went away before there was an answer. */
export const brokenOff = (hop: Destination): NotPlaced =>
  new NotPlaced('unreachable', 0, `the connection to ${placeIn(hop)} broke off before it answered; see its log`);

function answered(status: number, phrase: string, asked: Asked): NotPlaced {
  const words = `${status} ${phrase}`.trim();
  return status === 401 || status === 407
    ? new NotPlaced('configuration', status, `${unproven(asked)} (${words})`)
    : new NotPlaced('final', status, words);
}

/** A challenge that we could not meet, in one sentence. */
export const unproven = ({ hop, user }: Pick<Asked, 'hop' | 'user'>): string =>
  user === undefined
    ? `${placeIn(hop)} asks for a password; set SIP_USER and SIP_PASSWORD, or sip.user and sip.password of the suite`
    : `${placeIn(hop)} does not accept the password of ${user}; check SIP_USER and SIP_PASSWORD, or what sip.user and sip.password of the suite name`;
