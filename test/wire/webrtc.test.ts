import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webrtc from '../../harness/lines/webrtc.ts';
import { DialFailed, type IncomingCall, type Line, type Transport } from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';
import { findTone, tone } from '../contracts/line-signals.ts';
import { clock, context } from './lines.ts';

let transport: Transport;
const servers: Server[] = [];
beforeAll(async () => {
  transport = await webrtc.open(clock);
});
afterAll(async () => {
  await transport.close();
  for (const server of servers) server.close();
});

/** A web server that answers as `answer` says; its origin. */
async function web(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failure(address: string, over: Parameters<typeof context>[0] = {}): Promise<DialFailed['ending']> {
  const reason: unknown = await transport.dial({ address }, context(over)).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof DialFailed)) throw reason;
  return reason.ending;
}

/** An agent that answers every kind of offer; what rang, and how to be heard. */
async function everyKind(): Promise<{
  origin: string;
  rang: IncomingCall[];
  lines: Promise<Line>[];
  close(): Promise<void>;
}> {
  const rang: IncomingCall[] = [];
  const lines: Promise<Line>[] = [];
  const place = await transport.listen('webrtc:http://127.0.0.1:0', (call) => {
    rang.push(call);
    lines.push(call.accept(context({ seed: 8 })));
  });
  return {
    origin: new URL(place.address.slice('webrtc+whip:'.length)).origin,
    rang,
    lines,
    close: () => place.close(),
  };
}

test('a place that takes every kind of offer is heard by every protocol, in Opus, and knows which call it is', async () => {
  const agent = await everyKind();
  const wide = { codec: 'opus', otherCodecs: ['PCMU'], loss: 0, band: 'wide' } as const;
  const paths = { whip: '/whip', pipecat: '/api/offer', openai: '/v1/realtime/calls', json: '/offer' };
  for (const [scheme, path] of Object.entries(paths)) {
    const near = await transport.dial(
      { address: `webrtc+${scheme}:${agent.origin}${path}` },
      context({ phone: wide, headers: { 'X-Hangup-Call': scheme }, context: 'packet 9' }),
    );
    const far = await (agent.lines.at(-1) as Promise<Line>);
    expect([near.format.codec, far.format.codec, near.format.rate]).toEqual(['opus', 'opus', 16_000]);
    await Promise.all([near.play([tone(3_200)]).done, far.play([tone(1_600)]).done]);
    await clock.sleepUntil(after(clock.now(), 100));
    await near.hangUp();
    expect(await far.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
    expect(findTone(far.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
    expect(findTone(near.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
    expect(agent.rang.at(-1)).toMatchObject({ context: 'packet 9', headers: { 'x-hangup-call': scheme } });
  }
  await agent.close();
});

test('texts on the data channel reach the other side as messages, and pings do not', async () => {
  const agent = await everyKind();
  const near = await transport.dial({ address: `webrtc+pipecat:${agent.origin}/api/offer` }, context());
  const far = await (agent.lines[0] as Promise<Line>);
  const said: string[] = [];
  const reading = (async () => {
    for await (const item of far.incoming) if (item.kind === 'message') said.push(`${item.label} ${item.text}`);
  })();
  near.sendMessage?.('{"label":"rtvi-ai","type":"client-ready","id":"1"}');
  await clock.sleepUntil(after(clock.now(), 300));
  await near.hangUp();
  await reading;
  expect(said).toEqual(['rtvi-ai {"label":"rtvi-ai","type":"client-ready","id":"1"}']);
  await agent.close();
});

for (const [status, reason, words] of [
  [401, 'rejected', /answered 401: it wants a token/],
  [404, 'unreachable', /answered 404: nothing is there to be called/],
  [500, 'rejected', /answered 500: it failed while answering; it says: no brain$/],
] as const) {
  test(`a web server that answers ${status} is quoted in one sentence`, async () => {
    const origin = await web((_request, response) => response.writeHead(status).end('no brain'));
    const ending = await failure(`webrtc+whip:${origin}/whip`);
    expect(ending).toMatchObject({ by: 'them', reason });
    expect(ending.detail).toMatch(words);
  });
}

test('an answer that never comes ends the ringing; one that is none, or without audio, says so', async () => {
  const silent = await web(() => undefined);
  const unanswered = await failure(`webrtc+json:${silent}/offer`, { ringTimeout: ms(300) });
  expect(unanswered).toMatchObject({ by: 'them', reason: 'no-answer', detail: 'no answer to the offer within 0.3 s' });
  const odd = await web((_request, response) => response.writeHead(201).end('hello'));
  expect((await failure(`webrtc+whip:${odd}/`)).detail).toMatch(/what it answered is no session description$/);
  const deaf = await web((_request, response) => response.writeHead(201).end('v=0\r\nm=application 9 x y\r\n'));
  expect(await failure(`webrtc+whip:${deaf}/`)).toMatchObject({ reason: 'no-codec', detail: /describes no audio/ });
});

test('a redirect is followed, and whoever we are redirected to does not learn our token', async () => {
  const agent = await everyKind();
  const seen: (string | undefined)[] = [];
  const origin = await web((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(307, { location: `${agent.origin}/whip` }).end();
  });
  const near = await transport.dial({ address: `webrtc+whip:${origin}/here`, token: 'ek_1' }, context());
  expect(seen).toEqual(['Bearer ek_1']);
  expect(agent.rang[0]?.headers['authorization']).toBeUndefined();
  await near.hangUp();
  await agent.close();
});

test('a header that nobody could decode ends the process that listens', async () => {
  const contexts: (string | undefined)[] = [];
  const place = await transport.listen('webrtc+whip:http://127.0.0.1:0/whip', (call) => {
    contexts.push(call.context);
    void call.reject(603);
  });
  const headers = { 'content-type': 'application/sdp', 'x-hangup-context': '100%' };
  const reply = await fetch(place.address.slice('webrtc+whip:'.length), { method: 'POST', headers, body: 'v=0' });
  expect([reply.status, contexts]).toEqual([403, ['100%']]);
  await place.close();
});
