import { expect, test } from 'vitest';
import { tellInRtvi } from '../../../agent/rtvi/rtvi.ts';
import type { Told } from '../../../agent/rtvi/rtvi.ts';
import type { Incoming, Line } from '../../../harness/model/line.ts';
import { ms } from '../../../harness/model/time.ts';

interface Said {
  readonly label: string;
  readonly type: string;
  readonly id: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A call on which `texts` come in, told of in RTVI; what was said on it, and whether we hung up. */
function call(...texts: readonly string[]): { told: Told; said: Said[]; left: () => boolean } {
  const said: Said[] = [];
  let left = false;
  async function* incoming(): AsyncGenerator<Incoming> {
    for (const text of texts) yield { kind: 'message', label: 'chat', text, arrivedAt: ms(7) };
  }
  const line = {
    incoming: incoming(),
    sendMessage: (text: string) => said.push(JSON.parse(text) as Said),
    hangUp: async () => void (left = true),
  } as unknown as Line;
  return { told: tellInRtvi(line) as Told, said, left: () => left };
}

const fromClient = (type: string, data?: object): string =>
  JSON.stringify({ label: 'rtvi-ai', type, id: 'c1', ...(data && { data }) });

/** What the conversation reads. */
async function read({ line }: Told): Promise<Incoming[]> {
  const items: Incoming[] = [];
  for await (const item of line.incoming) items.push(item);
  return items;
}

const names = (said: readonly Said[]): readonly string[] => said.map(({ type }) => type);

async function ready(): Promise<{ told: Told; said: Said[] }> {
  const { told, said } = call(fromClient('client-ready', { version: '2.1.0' }));
  await read(told);
  said.length = 0;
  return { told, said };
}

test('a line without messages is told nothing', () => {
  expect(tellInRtvi({} as Line)).toBeUndefined();
});

test('a client that becomes ready after the greeting began misses none of it, and hears bot-ready first, under its own id', async () => {
  const { told, said } = call(fromClient('client-ready', { version: '2.1.0' }));
  told.news({ what: 'words', text: 'Bright Smile Dental.' });
  told.news({ what: 'agent-began' });
  expect(said).toEqual([]);
  await read(told);
  expect(names(said)).toEqual(['bot-ready', 'bot-llm-text', 'bot-started-speaking']);
  expect(said[0]).toMatchObject({ label: 'rtvi-ai', id: 'c1', data: { version: '2.1.0' } });
});

test('a client that never becomes ready costs no more than its last messages', async () => {
  const { told, said } = call();
  for (let nth = 0; nth < 1_000; nth++) told.news({ what: 'words', text: String(nth) });
  await read(told);
  expect(said).toEqual([]);
  const late = call(fromClient('client-ready'));
  for (let nth = 0; nth < 1_000; nth++) late.told.news({ what: 'words', text: String(nth) });
  await read(late.told);
  expect(late.said).toHaveLength(51);
  expect(late.said.at(-1)?.data).toEqual({ text: '999' });
});

test('of an interrupted sentence only what was played is bot-output, and only afterwards', async () => {
  const { told, said } = await ready();
  told.news({ what: 'words', text: 'We are open Monday to Friday.' });
  told.news({ what: 'agent-began' });
  told.news({ what: 'agent-stopped' });
  told.news({ what: 'interrupted' });
  told.news({ what: 'caller-began' });
  told.news({ what: 'agent-stopped' });
  told.claims.said('we are open', ms(100), ms(900));
  expect(names(said)).toEqual([
    'bot-llm-text',
    'bot-started-speaking',
    'bot-stopped-speaking',
    'bot-interrupted',
    'user-started-speaking',
    'bot-output',
  ]);
  expect(said.at(-1)?.data).toMatchObject({ text: 'we are open', spoken: true, segment_id: 1 });
});

test('a turn is begun and ended once, whatever the floor forgets besides, and its words are final', async () => {
  const { told, said } = await ready();
  told.news({ what: 'caller-stopped' });
  told.news({ what: 'caller-began' });
  told.news({ what: 'caller-began' });
  told.news({ what: 'caller-stopped' });
  told.news({ what: 'caller-stopped' });
  told.claims.transcript('opening hours', ms(100), ms(300));
  expect(names(said)).toEqual(['user-started-speaking', 'user-stopped-speaking', 'user-transcription']);
  expect(said.at(-1)?.data).toMatchObject({ text: 'opening hours', final: true });
  expect(said.at(-1)?.data?.['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

test('the stages of a reply to her are its metrics, in seconds; the greeting has none, and the rest of the brain none either', async () => {
  const { told, said } = await ready();
  told.claims.stage('voice', ms(0), ms(20));
  told.claims.stage('playout', ms(20), ms(25));
  expect(said).toEqual([]);
  told.claims.stage('endpointing', ms(1_000), ms(1_200));
  told.claims.stage('ear', ms(1_200), ms(1_250));
  told.claims.stage('first-token', ms(1_250), ms(1_260));
  told.claims.stage('brain', ms(1_250), ms(1_350));
  told.claims.stage('voice', ms(1_350), ms(1_370));
  told.claims.stage('playout', ms(1_370), ms(1_375));
  told.claims.stage('brain-whole', ms(1_250), ms(2_350));
  expect(said.map(({ data }) => data)).toEqual([
    {
      ttfb: [
        { processor: 'endpointing', value: 0.2 },
        { processor: 'ear', value: 0.05 },
        { processor: 'brain', value: 0.1 },
        { processor: 'voice', value: 0.02 },
      ],
    },
    { ttfb: [{ processor: 'playout', value: 0.005 }] },
  ]);
});

test('trouble of a stage is an error the call goes on after, and the end of the agent is one it does not', async () => {
  const { told, said } = await ready();
  told.claims.state('trouble', 'the brain gave no answer', ms(5));
  told.claims.state('mood', 'calm', ms(6));
  told.failed();
  expect(said.map(({ type, data }) => [type, data?.['fatal']])).toEqual([
    ['error', false],
    ['error', true],
  ]);
});

test('where she is put through to is told', async () => {
  const { told, said } = await ready();
  told.news({ what: 'hands-over', desk: 'billing' });
  expect(said[0]).toMatchObject({ type: 'server-message', data: { type: 'handing-over', desk: 'billing' } });
});

test('keys of a client come in like keys of a telephone, and a client may hang up', async () => {
  const pressed = call(fromClient('dtmf', { buttons: ['1', '#', 'x', 3] }));
  const keys = (await read(pressed.told)).flatMap((item) => (item.kind === 'key' ? [item.key] : []));
  expect(keys).toEqual(['1', '#']);
  const leaving = call(fromClient('disconnect-bot'));
  await read(leaving.told);
  expect([pressed.left(), leaving.left()]).toEqual([false, true]);
});

test.each([
  ['no JSON', 'hello'],
  ['JSON that is no object', '3'],
  ['another label', '{"label":"chat","type":"client-ready","id":"1"}'],
  ['keys that are no list', fromClient('dtmf', { buttons: 5 })],
  ['a dtmf without data', fromClient('dtmf')],
  ['a type of later versions', fromClient('raw-audio-9')],
])('%s on the data channel is let pass unharmed', async (_name, text) => {
  const { told, said, left } = call(text);
  expect(await read(told)).toHaveLength(1);
  expect([said, left()]).toEqual([[], false]);
});
