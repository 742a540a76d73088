import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import {
  DialFailed,
  rateOf,
  withCodecs,
  type Line,
  type Phone,
  type Target,
  type Transport,
} from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { authority, type Authority } from '../wire/certificates.ts';
import { chirp, find } from '../wire/chirp.ts';
import { clock, context } from '../wire/lines.ts';
import { startBaresip, type Answers, type Baresip } from './baresip.ts';
import { openNamespace, needNamespaces, type Namespace } from './namespace.ts';
import { needProgram } from './need.ts';

const mayRun = needProgram('baresip') && needProgram('ip') && needProgram('openssl') && needNamespaces();
const withBaresip = test.skipIf(!mayRun);

let transport: Transport;
let room: Namespace | undefined;
let trusted: Authority | undefined;
beforeAll(async () => {
  transport = await sip.open(clock);
  if (!mayRun) return;
  room = openNamespace();
  trusted = authority();
});
afterAll(async () => {
  await transport.close();
  room?.close();
  trusted?.remove();
});

const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));
const plain: Phone = { codec: 'PCMU', loss: 0 };

/** Half a second of silence, then a chirp, in a second. */
function saysOf(rate: number): Int16Array {
  const second = new Int16Array(20 * rate);
  for (let at = rate / 2; at < second.length; at += rate) second.set(chirp(rate), at);
  return second;
}

/** Calls a baresip that answers so; `during` happens in the call. */
async function calling(
  answers: Omit<Answers, 'says'>,
  call: { readonly phone: Phone; readonly target?: Partial<Target>; readonly by?: string },
  during: (line: Line, baresip: Baresip) => Promise<void>,
): Promise<{ readonly heard: Int16Array }> {
  const certificate = trusted?.issue([`IP:${room?.far}`]);
  const said = { ...answers, says: saysOf(answers.rate), ...(certificate && { certificate }) };
  const baresip = await startBaresip(room as Namespace, said);
  try {
    const by = call.by ?? 'udp';
    const address = `${by === 'tls' ? baresip.tlsAddress : baresip.address};transport=${by}`;
    const target = { ...call.target, address, ...(trusted && { ca: trusted.ca }) };
    const line = await transport.dial(target, context({ phone: call.phone }));
    await during(line, baresip);
    await line.hangUp();
    await baresip.wrote(/terminated \(duration/);
    return { heard: baresip.heard() };
  } finally {
    await baresip.close();
  }
}

const G711 = { codec: 'PCMU/8000/1', rate: 8_000 };
/** A call, and how alike what was said and what was heard must be. */
interface Case {
  readonly name: string;
  readonly answers: Omit<Answers, 'says'>;
  readonly phone: Phone;
  readonly by: 'udp' | 'tcp' | 'tls';
  readonly likeness: number;
}

const CASES: readonly Case[] = [
  { name: 'PCMU over UDP', answers: G711, phone: plain, by: 'udp', likeness: 0.999 },
  { name: 'PCMA over TCP', answers: { codec: 'PCMA/8000/1', rate: 8_000 }, phone: plain, by: 'tcp', likeness: 0.999 },
  {
    name: 'G.722 over UDP',
    answers: { codec: 'G722/16000/1', rate: 16_000 },
    phone: withCodecs(plain, ['G722']),
    by: 'udp',
    likeness: 0.995,
  },
  {
    name: 'Opus over UDP',
    answers: { codec: 'opus/48000/1', rate: 48_000 },
    phone: withCodecs(plain, ['opus']),
    by: 'udp',
    likeness: 0.98,
  },
  {
    name: 'encrypted PCMU over UDP',
    answers: { ...G711, encryption: 'srtp-mand' },
    phone: { ...plain, encrypted: true },
    by: 'udp',
    likeness: 0.999,
  },
  {
    name: 'encrypted G.722 over TCP',
    answers: { codec: 'G722/16000/1', rate: 16_000, encryption: 'srtp-mand' },
    phone: { ...withCodecs(plain, ['G722']), encrypted: true },
    by: 'tcp',
    likeness: 0.995,
  },
  {
    name: 'encrypted PCMU over TLS',
    answers: { ...G711, encryption: 'srtp-mand' },
    phone: { ...plain, encrypted: true },
    by: 'tls',
    likeness: 0.999,
  },
  {
    name: 'encrypted Opus over TLS',
    answers: { codec: 'opus/48000/1', rate: 48_000, encryption: 'srtp-mand' },
    phone: { ...withCodecs(plain, ['opus']), encrypted: true },
    by: 'tls',
    likeness: 0.98,
  },
];

for (const { name, answers, phone, by, likeness } of CASES) {
  withBaresip(
    `baresip, ${name}: either side hears what the other said, as loud as it was said, and the key`,
    async () => {
      const rate = rateOf(phone);
      let ours = new Int16Array(0);
      const { heard } = await calling(answers, { phone, by }, async (line, baresip) => {
        await pass(500);
        line.sendKey('5');
        await baresip.wrote(/received event: '5' \(end=1\)/);
        line.play([chirp(rate)], after(clock.now(), 1_000));
        await pass(2_500);
        void line.ended.then(() => {
          ours = new Int16Array(line.leg().receivedAudio);
        });
      });
      for (const { likeness: like, gainDb } of [find(chirp(answers.rate), heard), find(chirp(rate), ours)]) {
        expect(like).toBeGreaterThan(likeness);
        expect(Math.abs(gainDb)).toBeLessThan(1);
      }
    },
    30_000,
  );
}

withBaresip('baresip without a codec of ours: no call, and a sentence that says what was offered', async () => {
  const failure = await calling({ codec: 'G722/16000/1', rate: 16_000 }, { phone: plain }, () => pass(0)).catch(
    (reason: unknown) => reason,
  );
  expect(failure).toBeInstanceOf(DialFailed);
  const { ending } = failure as DialFailed;
  expect(ending.reason).toBe('no-codec');
  expect(ending.detail).toContain('takes none of what we offered, plain audio in PCMU, PCMA');
});

withBaresip(
  'baresip told to send its audio where nobody is: the call ends and says where that was',
  async () => {
    const mediaAddress = '192.0.2.77';
    let detail = '';
    await calling(G711, { phone: plain, target: { mediaAddress } }, async (line) => {
      const ending = await line.ended;
      detail = ending.detail;
      expect(ending).toMatchObject({ by: 'line', reason: 'no-media' });
    });
    expect(detail).toMatch(/told to send it to 192\.0\.2\.77 UDP port \d+; .*--media-address$/);
  },
  30_000,
);
