import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { serveOpenAi } from '../../agent/openai/server.ts';
import { toneEar, toneVad, toneVoice } from '../calls/agent-tones.ts';
import { clock } from './lines.ts';

test('a client that resets its connection as its session is refused takes the server down', async () => {
  const server = await serveOpenAi({
    engines: { voice: toneVoice, ear: toneEar([]), vad: toneVad },
    clock,
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    trouble: (message) => expect.unreachable(message),
  });
  const client = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(client, 'connect');
  client.write('GET /nowhere HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(client, 'data');
  client.resetAndDestroy();
  // An error that nobody heeds would end the process by the time this is answered.
  const models = await fetch(`${server.url}/models`, { headers: { authorization: 'Bearer any' } });
  expect(models.status).toBe(200);
  await server.close();
});
