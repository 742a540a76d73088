import { expect, test } from 'vitest';
import type { Claim, OfficeRequest } from '../../harness/model/office.ts';
import { callAgent } from './agent-call.ts';

const said = (claims: readonly Claim[]): readonly string[] =>
  claims.flatMap((claim) => (claim.what === 'said' ? [claim.text ?? ''] : []));

const commits = (requests: readonly OfficeRequest[]): readonly OfficeRequest[] =>
  requests.filter((request) => request.kind === 'commit');

const booking = [
  "i'd like a cleaning",
  'tuesday',
  'three',
  "it's paula jones",
  'five five five oh one four two',
  'yes',
];

test('a whole booking is heard, read back and committed, and the agent hangs up after the goodbye', async () => {
  const sentences = [...booking, "no that's all", 'bye'];
  const { requests, troubles, line, claims } = await callAgent({ sentences }, async (caller) => {
    for (const sentence of sentences.slice(0, -1)) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    await caller.agentDone();
    await caller.say('bye');
    await caller.line.ended;
  });
  expect(troubles).toEqual([]);
  expect(commits(requests)).toMatchObject([
    {
      action: 'book',
      values: { service: 'cleaning', day: 'tuesday', time: '15:00', name: 'paula jones', phone: '5550142' },
    },
  ]);
  expect(said(claims).at(-1)).toContain('Goodbye');
  expect((await line.ended).by).toBe('them');
});

test('a complete answer is replied to within 350 ms', async () => {
  const { claims } = await callAgent({ sentences: booking }, async (caller) => {
    for (const sentence of booking.slice(0, 3)) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    await caller.agentDone();
  });
  const ends = claims.filter(({ name }) => name === 'endpointing').map(({ startMs }) => startMs);
  const onsets = claims.filter(({ name }) => name === 'voice').map(({ endMs }) => endMs);
  const latencies = ends.slice(1, 3).map((end) => Math.min(...onsets.filter((onset) => onset > end)) - end);
  expect(latencies).toHaveLength(2);
  for (const latency of latencies) expect(latency).toBeLessThanOrEqual(350);
});

test('an interruption silences the agent within 250 ms, and only what was heard is remembered', async () => {
  const sentences = ["i'd like a cleaning", 'wait make that a filling please'];
  let stopped = NaN;
  const { claims } = await callAgent({ sentences }, async (caller) => {
    await caller.wait(700);
    expect(caller.sounding()).toBe(true);
    const onset = caller.clock.now();
    const playing = caller.begin('wait make that a filling please');
    while (caller.sounding() && caller.clock.now() - onset < 2000) await caller.wait(20);
    stopped = caller.clock.now() - onset - 60;
    await playing.done;
    await caller.agentDone();
  });
  expect(stopped).toBeLessThanOrEqual(250);
  const [greeting = '', reply] = said(claims);
  expect(greeting).toMatch(/^Bright Smile/);
  expect(greeting).not.toContain('How can I help?');
  expect(reply).toBe('Which day would you like?');
});

test('an okay over the agent lowers its voice for a moment and it finishes its sentence', async () => {
  const sentences = ['okay'];
  const { claims } = await callAgent({ sentences }, async (caller) => {
    await caller.wait(900);
    await caller.say('okay');
    await caller.agentDone();
  });
  expect(said(claims)).toEqual(['Bright Smile Dental, this is the virtual assistant. How can I help?']);
});

test('a cough over the agent does not take the floor', async () => {
  const sentences = ['', 'hm'];
  const { claims } = await callAgent({ sentences }, async (caller) => {
    await caller.wait(900);
    await caller.begin('', 300).done;
    await caller.agentDone();
  });
  expect(said(claims)).toHaveLength(1);
});

test('a pause of a second inside a phone number is waited out', async () => {
  const sentences = [
    "i'd like a cleaning",
    'tuesday',
    'three',
    "it's paula jones",
    'five five five',
    'oh one four two',
  ];
  const { claims } = await callAgent({ sentences }, async (caller) => {
    for (const sentence of sentences.slice(0, 4)) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    await caller.agentDone();
    await caller.say('five five five');
    await caller.wait(1000);
    expect(caller.sounding()).toBe(false);
    await caller.say('oh one four two');
    await caller.agentDone();
  });
  expect(said(claims).at(-1)).toContain('five five five, zero one four two');
});

test('a correction spoken over the reply wins, and the old value is never said again', async () => {
  const sentences = [...booking, 'no wednesday'];
  const { claims, requests } = await callAgent({ sentences }, async (caller) => {
    for (const sentence of sentences.slice(0, 2)) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    while (!caller.sounding()) await caller.wait(20);
    await caller.wait(200);
    await caller.say('no wednesday');
    for (const sentence of booking.slice(2)) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    await caller.agentDone();
  });
  expect(commits(requests)).toMatchObject([{ values: { day: 'wednesday' } }]);
  expect(said(claims).join(' ').toLowerCase()).not.toContain('tuesday');
});

test('a handed-over call carries its packet, and the agent leaves', async () => {
  const sentences = ['this is henry clark i have a question about my bill'];
  const { requests, line } = await callAgent({ sentences, desks: 'answer' }, async (caller) => {
    await caller.agentDone();
    await caller.say(sentences[0] ?? '');
    await caller.line.ended;
  });
  const packets = requests.flatMap((request) => (request.kind === 'handoff' ? [request.packet] : []));
  expect(packets).toMatchObject([{ desk: 'billing', facts: { name: 'henry clark' } }]);
  expect((await line.ended).reason).toBe('transferred');
});

test('a busy desk brings the agent back to the caller', async () => {
  const sentences = ['this is henry clark i have a question about my bill'];
  const { claims, troubles } = await callAgent({ sentences, desks: 'busy' }, async (caller) => {
    await caller.agentDone();
    await caller.say(sentences[0] ?? '');
    await caller.wait(12_000);
  });
  expect(troubles).toEqual([]);
  expect(said(claims).some((text) => text.includes('take a message'))).toBe(true);
});

test('trouble in one call ends that call and is told', async () => {
  const office = (request: OfficeRequest): never => {
    throw new Error(`the office is on fire (${request.kind})`);
  };
  const sentences = [...booking];
  const { troubles, line } = await callAgent({ sentences, office }, async (caller) => {
    for (const sentence of sentences) {
      await caller.agentDone();
      await caller.say(sentence);
    }
    await caller.line.ended;
  });
  expect(troubles[0]).toContain('on fire');
  expect((await line.ended).by).toBe('them');
});

test('the same call twice says the same words at the same instants', async () => {
  const once = async (): Promise<readonly Claim[]> => {
    const { claims } = await callAgent({ sentences: booking }, async (caller) => {
      for (const sentence of booking.slice(0, 3)) {
        await caller.agentDone();
        await caller.say(sentence);
      }
      await caller.agentDone();
    });
    return claims;
  };
  expect(await once()).toEqual(await once());
});
