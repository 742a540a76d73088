import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unixZero } from '../../harness/clock/wall.ts';
import sip from '../../harness/lines/sip.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Transport } from '../../harness/model/line.ts';
import { defineSuite } from '../../harness/model/suite.ts';
import type { Suite } from '../../harness/model/suite.ts';
import { callFolder, readCall } from '../../harness/run/journal.ts';
import { perform } from '../../harness/run/perform.ts';
import { plansOf } from '../../harness/run/plans.ts';
import type { RunReport } from '../../reports/report.ts';
import { tone } from '../calls/caller/studio.ts';
import { livekitCall, sendTo } from '../unit/office/otlp/senders.ts';
import { clock, context } from './lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-foreign-'));
let agents: Transport;
let agent: string;
/** What somebody else's agent does at the office during its call. */
let during: (call: string) => Promise<void>;
beforeAll(async () => {
  agents = await sip.open(clock);
  const at = await agents.listen('sip:agent@127.0.0.1:0', (call) => {
    void call.accept(context()).then(async (line) => {
      await line.play([tone(800)]).done;
      await during(call.headers['x-hangup-call'] ?? '');
      await line.hangUp();
    });
  });
  agent = at.address;
});
afterAll(async () => {
  await agents.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(more: Partial<Suite>, notes: string[] = []): Promise<RunReport> {
  const suite = defineSuite({
    name: 'foreign',
    target: agent,
    line: 'sip',
    seed: 3,
    calls: [{ persona: 'plain-paula', scenario: 'price-and-hours', mind: 'script' }],
    metronome: 0,
    jobs: 1,
    gates: [],
    allow: [],
    ...more,
  });
  return perform({
    suite,
    seed: 3,
    venue: { target: agent, line: 'sip', time: 'real', faults: [], earWorkers: 1, allow: suite.allow },
    beside: undefined,
    plans: await plansOf({ suite, beside: undefined }, { seed: undefined, trials: undefined, only: undefined }),
    out: folder,
    jobs: 1,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress: { step: () => {}, began: () => {}, ended: () => {}, note: (text) => void notes.push(text) },
  });
}

const post = (url: string, call: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'x-hangup-call': call }, body: JSON.stringify(body) });

test('an agent that is not ours is seen at the office that was opened to it, call by call', async () => {
  const notes: string[] = [];
  let url = '';
  during = async (call) => void (await post(url, call, { kind: 'commit', action: 'book', values: { day: 'tuesday' } }));
  const report = await run(
    {
      office: { listen: '127.0.0.1:0' },
      before: ({ office = '' }) => void (url = office),
      gates: [{ metric: 'task_success', of: 'rate', limit: 1 }],
    },
    notes,
  );
  const [call] = report.calls;
  expect(notes).toContain(`the office takes requests at ${url}`);
  expect(call?.head.evidence).toEqual(['wire', 'office']);
  expect(call?.reasons.join()).toContain('committed "book", but nothing was to be committed');
  expect(call?.notSeen).toMatchObject({ stage_ear: ['claims'], leaked_secret: ['ear'] });
  const { events } = readCall(callFolder(report.paths.run, call?.head.id ?? ''));
  expect(events.filter(({ source }) => source === 'office')).toMatchObject([{ kind: 'commit', action: 'book' }]);
}, 60_000);

test('an agent nobody connected to the office is noticed, and our own metronome checks the instrument', async () => {
  const notes: string[] = [];
  during = async () => Promise.resolve();
  const report = await run({ office: { listen: '127.0.0.1:0', posts: ['claims'] }, metronome: 1 }, notes);
  expect(report.calls.find(({ plan }) => !plan.metronome)?.head.evidence).toEqual(['wire', 'claims']);
  const checked = report.calls.find(({ plan }) => plan.metronome);
  const { events } = readCall(callFolder(report.paths.run, checked?.head.id ?? ''));
  expect(events.map(({ kind }) => kind)).toContain('answered');
  expect(checked?.programmed?.truths.length).toBeGreaterThan(3);
  // A busy machine may spoil the call, and nothing else may.
  expect(checked?.reasons.filter((reason) => !reason.includes('our own audio'))).toEqual([]);
  if (checked?.outcome === 'passed') expect(report.calibration.verdict).not.toBe('missing');
}, 180_000);

test('what nobody could judge is refused before anybody is called', async () => {
  let called = 0;
  during = async () => Promise.resolve(void (called += 1));
  const gates = [{ metric: 'task_success', of: 'rate', limit: 1 }] as const;
  await expect(run({ gates })).rejects.toThrow(UsageError);
  await expect(run({ gates })).rejects.toThrow(/which sip:agent@127.* does not give; add a check hook/);
  await expect(run({ gates, office: { listen: '127.0.0.1:0', posts: ['claims'] } })).rejects.toThrow(UsageError);
  await expect(run({ office: { listen: '0.0.0.0:0' } })).rejects.toThrow(/add "0.0.0.0" to the suite's allow list/);
  expect(called).toBe(0);
}, 60_000);

test('an unconnected agent is asked after', async () => {
  const notes: string[] = [];
  during = async () => Promise.resolve();
  await run({ office: { listen: '127.0.0.1:0' } }, notes);
  expect(notes.join('\n')).toContain(`nobody asked anything at the office: is ${agent} connected to http://127.0.0.1:`);
}, 60_000);

test('a reset may send its call to another agent on the same host, and the record says so', async () => {
  during = async () => Promise.reject(new Error('nobody was to call here'));
  const asked: string[] = [];
  const other = await agents.listen('sip:other@127.0.0.1:0', (call) => {
    void call.accept(context()).then(async (line) => {
      await line.play([tone(800)]).done;
      await line.hangUp();
    });
  });
  const report = await run({
    before: () => ({ address: other.address }),
    check: ({ target }) => {
      asked.push(target);
      return { committed: null };
    },
  });
  await other.close();
  const { events } = readCall(callFolder(report.paths.run, report.calls[0]?.head.id ?? ''));
  expect(events.map(({ kind }) => kind)).toContain('answered');
  expect(events.find(({ kind }) => kind === 'redirected')).toMatchObject({ source: 'hook', to: other.address });
  expect(asked).toEqual([other.address]);
}, 60_000);

test('spans of an agent that exports them are its claims; a call of which none came has none', async () => {
  const notes: string[] = [];
  during = async (call) => {
    // A call that a busy machine spoilt is placed once more, and tells again.
    if (!call.endsWith('-1')) return;
    const url = /spans are taken at (\S+)/.exec(notes.join('\n'))?.[1] ?? '';
    const sender = sendTo(url, ['protobuf', 'gzip']);
    const now = unixZero(clock) + clock.now();
    livekitCall(sender.tracer, [{ onset: now - 900, end: now - 500 }], 'new', call);
    await sender.close();
  };
  const calls = [{ persona: 'plain-paula', scenario: 'price-and-hours', mind: 'script', trials: 2 }] as const;
  const report = await run({ calls, otlp: { listen: '127.0.0.1:0', graceMs: 0 } }, notes);
  const [told, silent] = report.calls.toSorted((a, b) => a.head.id.localeCompare(b.head.id));
  expect(told?.head.evidence).toEqual(['wire', 'claims']);
  expect(told?.scores.filter(({ metric }) => metric === 'stage_brain')).toMatchObject([{ of: 'brain' }]);
  const { events } = readCall(callFolder(report.paths.run, told?.head.id ?? ''));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'spans', by: 'livekit' }));
  expect(silent?.head.evidence).toEqual(['wire']);
  expect(silent?.notSeen).toMatchObject({ stage_brain: ['claims'] });
}, 180_000);
