import { expect, test } from 'vitest';
import { ms } from '../../harness/model/time.ts';
import type { SipCall } from '../../harness/sip/call.ts';
import type { AgreedMedia } from '../../harness/sip/description.ts';
import { call, dialler, listener, media } from './pair.ts';

for (const transport of ['udp', 'tcp'] as const) {
  const keys = { payloadType: 101, clockRate: 8_000 };
  test(`a call over ${transport} is set up, agreed upon and ended by the caller`, async () => {
    const agreed: AgreedMedia[] = [];
    let theirs: SipCall | undefined;
    const from = await dialler();
    const to = await listener((ringing) => {
      expect(ringing.to).toContain('anybody@127.0.0.1');
      expect(ringing.headers['x-hangup-call']).toBe('c7');
      expect(ringing.context).toBe('{"reason":"bill"}');
      void ringing.accept({ ...media, port: 41_000 }, (a) => agreed.push(a)).then((c) => (theirs = c));
    });
    const ours = await call(from, to, {
      transport,
      user: 'anybody',
      headers: { 'X-Hangup-Call': 'c7' },
      context: '{"reason":"bill"}',
      onAgreed: (a) => agreed.push(a),
    });
    expect(agreed).toMatchObject([
      { host: '127.0.0.1', port: 40_000, codec: 'PCMU', payloadType: 0, keys, srtp: undefined, held: false },
      { host: '127.0.0.1', port: 41_000, codec: 'PCMU', payloadType: 0, keys, srtp: undefined, held: false },
    ]);
    await ours.bye();
    expect(await ours.over).toMatchObject({ by: 'us' });
    expect(await theirs?.over).toMatchObject({ by: 'them' });
    await Promise.all([from.close(), to.close()]);
  });

  test(`the callee can end a call over ${transport}`, async () => {
    const from = await dialler();
    const accepted = Promise.withResolvers<SipCall>();
    const to = await listener((ringing) => accepted.resolve(ringing.accept(media, () => undefined)));
    const ours = await call(from, to, { transport });
    await (await accepted.promise).bye();
    expect(await ours.over).toMatchObject({ by: 'them' });
    await Promise.all([from.close(), to.close()]);
  });
}

test('refusals keep their status', async () => {
  const from = await dialler();
  const to = await listener((ringing) => void ringing.reject(Number(ringing.to.slice(4, 7))));
  for (const status of [480, 486, 603]) {
    await expect(call(from, to, { user: String(status) })).rejects.toMatchObject({ why: 'final', status });
  }
  await Promise.all([from.close(), to.close()]);
});

test('a port nobody listens on is unreachable long before the INVITE times out', async () => {
  const from = await dialler();
  await expect(call(from, { port: 9 })).rejects.toMatchObject({ why: 'unreachable' });
  await expect(call(from, { port: 9 }, { transport: 'tcp' })).rejects.toMatchObject({ why: 'unreachable' });
  await from.close();
});

test('giving up while it rings stops the ringing at the other end', async () => {
  const from = await dialler();
  const stopped = Promise.withResolvers<void>();
  const rung = Promise.withResolvers<void>();
  const to = await listener((ringing) => {
    ringing.over.addEventListener('abort', () => stopped.resolve());
    rung.resolve();
  });
  const patience = new AbortController();
  const dialled = call(from, to, { signal: patience.signal });
  dialled.catch(() => undefined);
  await rung.promise;
  patience.abort();
  await expect(dialled).rejects.toMatchObject({ why: 'aborted' });
  await stopped.promise;
  await expect(call(from, to, { ringTimeout: ms(300) })).rejects.toMatchObject({ why: 'unanswered' });
  await Promise.all([from.close(), to.close()]);
});
