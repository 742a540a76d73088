import { wallTime } from '../../harness/clock/wall.ts';
import type { Incoming, Line } from '../../harness/model/line.ts';
import { changedLine } from '../changed-line.ts';
import { claimsTo } from '../claims.ts';
import type { Claims } from '../claims.ts';
import type { Tell } from '../news.ts';
import { fromClient, VERSION, written } from './protocol.ts';
import type { RtviMessage } from './protocol.ts';
import { tellClaim, tellNews, untold } from './told.ts';

/** A call that tells its other side in RTVI what happens in it. */
export interface Told {
  /** The call's line, on which keys of a client's own come in like any others. */
  readonly line: Line;
  readonly claims: Claims;
  readonly news: Tell;
  /** Whatever leads the call has failed: it hangs up. */
  failed(): void;
}

/** Messages kept for a client that is not ready yet; one that never will be costs no more than these. */
const KEPT = 50;

const FAILED: RtviMessage = { type: 'error', data: { error: 'the agent failed and hangs up', fatal: true } };

/** `bare`, told of in RTVI once a client at its other end says that it is ready; undefined for a line without messages. */
export function tellInRtvi(bare: Line): Told | undefined {
  if (!bare.sendMessage) return undefined;
  let telling = untold;
  let isReady = false;
  let count = 0;
  let kept: readonly RtviMessage[] = [];
  const send = (message: RtviMessage): void => bare.sendMessage?.(written(message, String(++count)));
  const tell = ([next, messages]: readonly [typeof telling, readonly RtviMessage[]]): void => {
    telling = next;
    if (isReady) for (const message of messages) send(message);
    else kept = [...kept, ...messages].slice(-KEPT);
  };
  const ready = (id: string): void => {
    const about = { library: 'hangup' };
    bare.sendMessage?.(written({ type: 'bot-ready', data: { version: VERSION, about } }, id));
    isReady = true;
    for (const message of kept) send(message);
    kept = [];
  };
  return {
    line: changedLine(bare, { incoming: heard(bare, ready) }),
    claims: claimsTo((claim) => tell(tellClaim(telling, claim, wallTime()))),
    news: (news) => tell(tellNews(telling, news)),
    failed: () => tell([telling, [FAILED]]),
  };
}

/** What comes in, with what a client asks for done. */
async function* heard(line: Line, ready: (id: string) => void): AsyncGenerator<Incoming> {
  for await (const item of line.incoming) {
    yield item;
    const said = item.kind === 'message' ? fromClient(item.text) : undefined;
    if (said?.kind === 'ready') ready(said.id);
    if (said?.kind === 'keys') for (const key of said.keys) yield { kind: 'key', key, arrivedAt: item.arrivedAt };
    // Whoever reads the line sees it end.
    if (said?.kind === 'leaves') void line.hangUp();
  }
}
