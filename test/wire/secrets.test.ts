import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { jsonReport } from '../../reports/json.ts';
import { textReport } from '../../reports/text.ts';
import { perform } from '../../harness/run/perform.ts';
import { plansOf } from '../../harness/run/plans.ts';
import type { Progress } from '../../harness/run/progress.ts';
import { loadSuite } from '../../harness/run/suite.ts';
import { rawPeer, responseTo, sdp } from './raw.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-secrets-'));
const SECRETS = { TEST_PBX_PASSWORD: 'correct-horse-battery', TEST_PBX_TOKEN: 'token-5f0c2d' };
afterAll(() => {
  for (const name of Object.keys(SECRETS)) Reflect.deleteProperty(process.env, name);
  rmSync(folder, { recursive: true, force: true });
});

/** Every file under `path`. */
const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** A suite of one call to an agent at `port`, as its owner writes it. */
function suiteFile(port: number): string {
  const file = join(folder, 'hangup.config.ts');
  const model = new URL('../../harness/model/suite.ts', import.meta.url).href;
  writeFileSync(
    file,
    `import { defineSuite, env } from '${model}';
    export default defineSuite({
      name: 'mine', target: 'sip:600@127.0.0.1:${port}', line: 'sip', seed: 1, metronome: 0, jobs: 1, gates: [], allow: [],
      calls: [{ persona: 'plain-paula', scenario: 'price-and-hours' }],
      sip: { user: 'paula', password: env('TEST_PBX_PASSWORD'), headers: { 'X-Tenant': 'clinic', 'X-Token': env('TEST_PBX_TOKEN') } },
    });`,
  );
  return file;
}

test('a run proves its password and sends its ids, and no secret is in any file, report or line of progress', async () => {
  const agent = await rawPeer((text) => {
    if (text.startsWith('BYE')) return responseTo(text, '200 OK');
    if (!text.startsWith('INVITE')) return undefined;
    const contact = [`Contact: <sip:agent@127.0.0.1:${agent.port}>`, 'Content-Type: application/sdp'];
    const challenge = ['WWW-Authenticate: Digest realm="pbx", nonce="n1", qop="auth", algorithm=SHA-256'];
    return /^Authorization: Digest username="paula"/im.test(text)
      ? responseTo(text, '200 OK', contact, sdp)
      : responseTo(text, '401 Unauthorized', challenge);
  });
  Object.assign(process.env, SECRETS);
  const said: string[] = [];
  const say = (...words: readonly unknown[]): void => void said.push(JSON.stringify(words));
  const progress: Progress = { step: say, began: say, ended: say, note: say };
  const loaded = await loadSuite(suiteFile(agent.port));
  const { suite } = loaded;
  const plans = await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined });
  const report = await perform({
    suite,
    seed: suite.seed,
    venue: { ...suite, time: 'real', faults: [], earWorkers: 1 },
    beside: undefined,
    plans,
    out: join(folder, 'runs'),
    jobs: 1,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress,
  });
  const invite = await agent.next(/^INVITE [^]*Authorization/);
  agent.close();
  expect(invite).toMatch(/^X-Hangup-Call: \S+\r$/m);
  expect(/^X-Hangup-Run: (\S+)\r$/m.exec(invite)?.[1]).toBe(/[^/]+$/.exec(report.paths.run)?.[0]);
  expect(invite).toMatch(/^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r$/m);
  expect(invite).toMatch(/^X-Tenant: clinic\r$/m);
  expect(invite).toContain(`X-Token: ${SECRETS.TEST_PBX_TOKEN}\r\n`);
  const files = filesUnder(join(folder, 'runs'));
  expect(files.map((file) => /[^/]+$/.exec(file)?.[0])).toEqual(
    expect.arrayContaining(['manifest.json', 'events.jsonl', 'hangup.duckdb']),
  );
  const everything = [
    ...files.map((file) => readFileSync(file, 'latin1')),
    ...said,
    textReport(report),
    JSON.stringify(jsonReport(report)),
  ];
  for (const secret of Object.values(SECRETS)) {
    expect(everything.filter((text) => text.includes(secret))).toEqual([]);
  }
}, 120_000);
