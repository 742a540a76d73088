import type { Core } from 'sip.js';
import type { SipUri } from './uri.ts';

/**
 * Why no call came about. `final`: the other side said so (status, phrase); `silent`: nothing ever came back;
 * `unanswered`: it rang in vain; `unreachable`: the network said so; `aborted`: we thought better of it.
 */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced';
  readonly why: 'final' | 'silent' | 'unanswered' | 'unreachable' | 'aborted';
  /** Final SIP status, 0 when there was none. */
  readonly status: number;
  constructor(why: NotPlaced['why'], status: number, detail: string) {
    super(detail);
    this.why = why;
    this.status = status;
  }
}

/** Host and port a call goes to, for people. */
export const placeIn = ({ host, port }: SipUri): string => `${host}:${port ?? 5060}`;

/**
 * What a final response means. sip.js reports a time-out and a broken connection as responses of its own making:
 * those never had a Via. `heard`: something had come back before.
 */
export function verdict(message: Core.IncomingResponseMessage, heard: boolean, to: SipUri): NotPlaced {
  const status = message.statusCode ?? 0;
  if (message.hasHeader('via')) return new NotPlaced('final', status, `${status} ${message.reasonPhrase ?? ''}`.trim());
  if (status !== 408) return new NotPlaced('unreachable', 0, `cannot connect to ${placeIn(to)}`);
  return heard
    ? new NotPlaced('unanswered', 408, 'the call was never answered')
    : new NotPlaced('silent', 0, `nothing ever came back from ${placeIn(to)}`);
}
