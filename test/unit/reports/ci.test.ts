import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { annotations } from '../../../reports/github.ts';
import { jsonReport } from '../../../reports/json.ts';
import { junitReport } from '../../../reports/junit.ts';
import { markdownReport } from '../../../reports/markdown.ts';
import { replayCommand } from '../../../reports/replay.ts';
import type { RunReport } from '../../../reports/report.ts';
import { withoutSecrets } from '../../../reports/secrets.ts';
import { packageFolder } from '../../../reports/site/vendor.ts';
import { htmlSummary } from '../../../reports/summary.ts';
import { textReport } from '../../../reports/text.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, HOSTILE, MAYA, METRONOME, reportOf } from './sample.ts';

const { JSDOM } = createRequire(join(packageFolder('@observablehq/framework') ?? '', 'package.json'))('jsdom') as {
  JSDOM: new (text: string, options: { readonly contentType: string }) => { readonly window: { document: Document } };
};
/** Throws when the text is not well formed. */
const parsed = (text: string): Document => new JSDOM(text, { contentType: 'text/xml' }).window.document;

const later = sampleCall('later-1', 'not-run', [], { reasons: ['the 5 minutes of --max-minutes were over'] });
const lost = sampleCall('lost-1', 'invalid', [], { reasons: ['our own audio left late'] });
const hostile = sampleCall(HOSTILE, 'failed', [], { plan: { persona: HOSTILE }, reasons: [HOSTILE, HOSTILE] });
const calls = [{ ...MAYA, talkedMs: 41_250 }, { ...CARLA, talkedMs: 30_000 }, later, lost, hostile, METRONOME];
const report = reportOf(calls);
const withCost: RunReport = {
  ...report,
  manifest: {
    ...report.manifest,
    cost: { perMinute: 0.09, currency: 'USD', plannedMinutes: 15, spentMinutes: 1.1875 },
    stopped: 'the 5 minutes of --max-minutes were over',
  },
};

/** What the de-facto schema (Jenkins' junit-10.xsd, which GitLab and GitHub's readers follow) demands of an element. */
const DEMANDS: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly inside: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors', 'time'], inside: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    inside: ['properties', 'testcase'],
  },
  properties: { attributes: [], inside: ['property'] },
  property: { attributes: ['name', 'value'], inside: [] },
  testcase: { attributes: ['classname', 'name', 'time'], inside: ['skipped', 'error', 'failure', 'system-out'] },
  skipped: { attributes: ['message'], inside: [] },
  error: { attributes: ['type', 'message'], inside: [] },
  failure: { attributes: ['type', 'message'], inside: [] },
  'system-out': { attributes: [], inside: [] },
};

test('JUnit XML keeps to the schema that CI servers read, and its counts are those of its cases', () => {
  const document = parsed(junitReport(report));
  for (const element of document.querySelectorAll('*')) {
    const demand = DEMANDS[element.tagName];
    expect(demand, element.tagName).toBeDefined();
    expect(element.getAttributeNames(), element.tagName).toEqual(demand?.attributes);
    const order = [...element.children].map(({ tagName }) => demand?.inside.indexOf(tagName) ?? -1);
    expect(order, element.tagName).not.toContain(-1);
    expect(order, element.tagName).toEqual(order.toSorted((a, b) => a - b));
  }
  for (const suite of document.querySelectorAll('testsuite')) {
    const said = ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(suite.getAttribute(name)));
    expect(said).toEqual(['testcase', 'failure', 'error', 'skipped'].map((tag) => suite.querySelectorAll(tag).length));
  }
  expect(document.querySelector('testsuite')?.getAttribute('time')).toBe('71.250');
  expect(document.querySelector('testcase')?.getAttribute('time')).toBe('41.250');
});

test('a failed case says why, where to hear it and how to place it again', () => {
  const [first] = parsed(junitReport(report)).querySelectorAll('testcase');
  expect(first?.querySelector('failure')?.textContent).toBe('the agent talked over her at 0:14.2');
  expect(first?.querySelector('system-out')?.textContent.split('\n')).toEqual([
    'call: runs/demo-20261122-101500/calls/maya-book-1',
    'place it again: hangup dial reference --plan runs/demo-20261122-101500/calls/maya-book-1/plan.json',
    '[[ATTACHMENT|runs/demo-20261122-101500/calls/maya-book-1/audio.wav]]',
  ]);
});

test('annotations are one line each, and nothing an agent said begins another command', () => {
  const lines = annotations(report);
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) title=[^,:\r\n]*::[^\r\n]*$/);
  expect(lines[0]).toMatch(/^::error title=Hangup::/);
  expect(lines).toContain(
    '::error title=failed call maya-book-1::the agent talked over her at 0:14.2 [runs/demo-20261122-101500/calls/maya-book-1]',
  );
  expect(lines).toContain(
    '::warning title=invalid call lost-1::our own audio left late [runs/demo-20261122-101500/calls/lost-1]',
  );
  const bad = sampleCall('a,b:c%', 'failed', [], { reasons: ['50 %\n::add-mask::x\r'] });
  expect(annotations(reportOf([bad, METRONOME])).at(-1)).toBe(
    '::error title=failed call a%2Cb%3Ac%25::50 %25%0A::add-mask::x%0D [runs/demo-20261122-101500/calls/a,b:c%25]',
  );
});

test('the Markdown summary is one table of questions, and hostile words stay words', () => {
  const text = markdownReport(withCost);
  expect(text).toContain('## Hangup: no verdict');
  expect(text).toContain('| stops when interrupted | 64 % (31-89) | &#62;= 95 % | 11 | FAIL |');
  expect(text).toContain('Cost: 0.11 USD of at most 1.35 USD, for 1.2 minutes of talk.');
  expect(text).not.toMatch(/<img|<script|<b>|\$\{|\*bold\*/);
  const tables = text.split('\n\n').filter((block) => block.startsWith('| '));
  expect(tables).toHaveLength(3);
  for (const block of tables) {
    expect(new Set(block.split('\n').map((line) => line.split('|').length)).size, block).toBe(1);
  }
});

test('the summary in one file holds no script, loads nothing, and hostile words stay words', () => {
  const text = htmlSummary(withCost);
  expect(text).not.toMatch(/<script|<img|<link|<audio|@import|url\(|https?:/);
  const { document } = new JSDOM(text, { contentType: 'text/html' }).window;
  expect(document.querySelector('h1')?.textContent).toBe('No verdict');
  expect(document.body.textContent).toContain('</script><img src=x onerror=alert(1)>');
  expect(document.body.textContent).toContain('Cost: 0.11 USD of at most 1.35 USD');
});

test('what a run cost is the same in words and in JSON', () => {
  expect(textReport(withCost)).toContain('Cost        0.11 USD of at most 1.35 USD, for 1.2 minutes of talk');
  expect(jsonReport(withCost).cost).toEqual({
    currency: 'USD',
    perMinute: 0.09,
    planned: 1.35,
    minutes: 1.19,
    spent: 0.11,
  });
  expect(jsonReport(report).cost).toBeUndefined();
});

test('a secret of the environment, or a password in an address, is in no output', () => {
  const env = { SIP_PASSWORD: 'h&nter<22>', SIP_USER: 'agent', API_TOKEN: 'short' };
  expect(withoutSecrets('INVITE with h&nter<22>, short, agent', env)).toBe('INVITE with ***, short, agent');
  expect(withoutSecrets('to sip:maya:opensesame@10.0.0.5:5060', {})).toBe('to sip:maya:***@10.0.0.5:5060');
  const told = sampleCall('told-1', 'failed', [], { reasons: ['refused sip:maya:opensesame@10.0.0.5'] });
  const all = reportOf([told, METRONOME]);
  for (const text of [junitReport(all), markdownReport(all), annotations(all).join('\n')]) {
    expect(text).not.toContain('opensesame');
  }
});

test('the command that replays a call names its agent, clock, line and faults, quoted for a shell', () => {
  const manifest = {
    ...report.manifest,
    time: 'virtual' as const,
    line: 'loopback',
    faults: ['slow=900', "odd'one"],
    manners: 'patient',
  };
  expect(replayCommand({ manifest, paths: { run: 'my runs/r1' } }, 'a-1')).toBe(
    String.raw`hangup dial reference --plan 'my runs/r1/calls/a-1/plan.json' --time virtual --manners patient --fault slow=900 'odd'\''one'`,
  );
});
