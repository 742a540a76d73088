import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { Engines } from '../../../agent/agent.ts';
import { Latency } from '../../../agent/openai/latency.ts';
import { obey, refusal } from '../../../agent/openai/realtime/events.ts';
import { Session } from '../../../agent/openai/realtime/session.ts';
import type { LeadingSession } from '../../../agent/realtime/call.ts';
import { setup } from '../../../agent/realtime/setup.ts';
import type { Clock } from '../../../harness/model/time.ts';

/** The server's own session without the socket, so that it can be held in virtual time. */
export function sessionInProcess(engines: Engines, clock: Clock, trouble: (text: string) => void): LeadingSession {
  let [count, listener]: [number, (event: RealtimeServerEvent) => void] = [0, () => undefined];
  const newId = (kind: string): string => `${kind}-${++count}`;
  const backend = { engines, clock, latency: new Latency({}, clock, 1), newId, trouble };
  const tell = (type: string, fields: object): void => {
    if (type === 'error') trouble(JSON.stringify(fields));
    const event = JSON.parse(JSON.stringify({ type, ...fields })) as RealtimeServerEvent;
    queueMicrotask(() => listener(event));
  };
  const session = new Session(backend, tell);
  let last: Promise<void> = Promise.resolve();
  const link: LeadingSession = {
    alive: true,
    lost: new Promise(() => undefined),
    listen: (told) => void (listener = told),
    send: (event) => {
      const asked = { session, event, since: clock.now(), newId: () => newId('item') };
      last = last.then(() => obey(asked)).catch((error: unknown) => tell('error', refusal(error, event)));
    },
    close: () => session.close(),
  };
  link.send({ type: 'session.update', session: setup });
  return link;
}
