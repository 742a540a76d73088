import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../harness/clock/real.ts';
import browser from '../../harness/lines/browser.ts';
import {
  DialFailed,
  type CallContext,
  type IncomingCall,
  type Line,
  type Listening,
  type Transport,
} from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';
import { heardAt, RATE, tone } from './tone.ts';

const clock = realClock();

let transport: Transport;
let place: Listening;
let rings: (call: IncomingCall) => void;
let site: Server;

const PAGES: Readonly<Record<string, string>> = {
  '/mute': '<button>Call us</button>',
  '/bare': '<p>Our telephone number is 555 0100.</p>',
  '/hopeless': `<button onclick="navigator.mediaDevices.getUserMedia({ audio: true })">Start</button>`,
  '/refused': `<button onclick="navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => 0)">Talk</button>`,
};

beforeAll(async () => {
  transport = await browser.open(clock);
  place = await transport.listen('webrtc+whip:http://127.0.0.1:0/agent', (call) => rings(call));
  site = createServer(({ url = '' }, response) => {
    const policy = url === '/refused' ? { 'permissions-policy': 'microphone=()' } : {};
    response.writeHead(PAGES[url] === undefined ? 404 : 200, { 'content-type': 'text/html', ...policy });
    response.end(PAGES[url]);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(async () => {
  await place.close();
  await transport.close();
  site.close();
});

const context = (overrides: Partial<CallContext> = {}): CallContext => ({
  clock,
  signal: new AbortController().signal,
  phone: { codec: 'opus', band: 'wide', loss: 0 },
  seed: 7,
  headers: { 'X-Hangup-Call': 'call-7' },
  ...overrides,
});
const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));

async function connect(): Promise<{ near: Line; far: Line; call: IncomingCall }> {
  const answered = Promise.withResolvers<{ far: Line; call: IncomingCall }>();
  rings = (call) => void call.accept(context({ seed: 8 })).then((far) => answered.resolve({ far, call }));
  const near = await transport.dial({ address: place.address }, context());
  return { near, ...(await answered.promise) };
}

async function refusal(address: string): Promise<string> {
  const failure: unknown = await transport
    .dial({ address }, context({ ringTimeout: ms(4_000) }))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DialFailed);
  return (failure as DialFailed).message;
}

test('a page carries a call both ways, is cut within a few frames, and says when what left and what came', async () => {
  const { near, far, call } = await connect();
  expect(call.headers['x-hangup-call']).toBe('call-7');
  await pass(500);
  const startAt = after(clock.now(), 300);
  const playing = near.play([tone(3_000)], startAt);
  await pass(700);
  const cutAt = clock.now();
  const left = await playing.cut();
  const answeredAt = after(clock.now(), 300);
  await far.play([tone(400)], answeredAt).done;
  await pass(600);
  await near.hangUp();
  expect(await near.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
  expect(await far.ended).toMatchObject({ by: 'them' });
  const there = heardAt(far.leg());
  const here = heardAt(near.leg());
  const { startedAt = ms(0) } = await playing.done;
  expect(near.format).toMatchObject({ timing: 'approximate', rate: RATE });
  expect(Math.abs(startedAt - startAt)).toBeLessThan(25);
  expect(left).toBeLessThan(3_000 * (RATE / 1000));
  expect(near.leg().sent.length).toBeGreaterThan(50);
  // What a browser adds is not bounded here, for this machine may be busy: only that cause comes before effect.
  expect(there.from).toBeGreaterThan(startAt - 5);
  expect(here.from).toBeGreaterThan(answeredAt);
  expect(there.to - cutAt).toBeLessThan(1_000);
  process.stderr.write(
    `browser line: out +${(there.from - startAt).toFixed(0)} ms, back +${(here.from - answeredAt).toFixed(0)} ms, ` +
      `cut after ${(there.to - cutAt).toFixed(0)} ms\n`,
  );
}, 30_000);

test('what an agent says on its data channel is heard, and its hanging up ends the call', async () => {
  const { near, far } = await connect();
  const said: string[] = [];
  const reading = (async () => {
    for await (const item of near.incoming) if (item.kind === 'message') said.push(item.text);
  })();
  far.sendMessage?.('{"type":"bot-started-speaking"}');
  await pass(300);
  await far.hangUp();
  expect(await near.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
  await reading;
  expect(said).toEqual(['{"type":"bot-started-speaking"}']);
}, 30_000);

const REFUSALS: readonly (readonly [string, RegExp])[] = [
  ['/gone', /^there is no page to call from: http:\S+\/gone answered 404$/],
  ['/bare', /has no button whose name says call, start, talk or connect; say what to press with #hangup:click=NAME/],
  ['/bare#hangup:click=Ring', /^the page has nothing to press named "Ring"$/],
  ['/refused', /^the page may not use the microphone: its own Permissions-Policy refuses it$/],
  ['/hopeless', /^the page asked for the microphone, but no call stood within 4 s$/],
  ['/mute', /^the page never asked for the microphone within \d s of being told to call$/],
];

test('a page that does not come to a call says why in one sentence', async () => {
  const { port } = site.address() as AddressInfo;
  const said = await Promise.all(
    REFUSALS.map(async ([path, sentence]) => ({
      said: await refusal(`browser+http://127.0.0.1:${port}${path}`),
      sentence,
    })),
  );
  for (const { said: each, sentence } of said) expect(each).toMatch(sentence);
  expect(await refusal('browser+http://127.0.0.1:9/')).toMatch(/cannot be opened \(ERR_\w+\)$/);
}, 40_000);
