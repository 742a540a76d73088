import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Score, ScoredCall } from '../../../harness/model/metric.ts';
import { openStore } from '../../../metrics/store/store.ts';
import { withSiteData } from '../../../reports/site/data.ts';
import type { SiteData } from '../../../reports/site/data.ts';
import { openDraw } from '../../../reports/site/draw.ts';
import type { Draw } from '../../../reports/site/draw.ts';
import comparePage from '../../../reports/site/pages/compare.ts';
import dataPage from '../../../reports/site/pages/data.ts';
import handoffPage from '../../../reports/site/pages/handoff.ts';
import interruptionsPage from '../../../reports/site/pages/interruptions.ts';
import latencyPage from '../../../reports/site/pages/latency.ts';
import pausesPage from '../../../reports/site/pages/pauses.ts';
import { packageFolder, vendorPackages } from '../../../reports/site/vendor.ts';
import type { SitePage } from '../../../reports/site/page.ts';
import type { RunReport } from '../../../reports/report.ts';
import { sampleCall, sampleScore } from '../store/sample.ts';
import { CARLA, HOSTILE, METRONOME, reportOf } from './sample.ts';

let folder = '';
let draw: Draw;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-pages-'));
  await vendorPackages(join(folder, 'cache'));
  draw = await openDraw(join(folder, 'cache'), packageFolder('@observablehq/framework') ?? '');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An interruption of some length as the measures see it: let in at once, or not at all. */
const interruption = (n: number, length: number, letIn: boolean, note = ''): readonly Score[] => {
  const about = { class: 'interruption', of: `barge-${n}`, note };
  return [
    sampleScore('yield_rate', letIn ? 1 : 0, about),
    sampleScore('yield_by_length', letIn ? 1 : 0, { ...about, dose: length }),
    sampleScore('yield_by_level', letIn ? 1 : 0, { ...about, dose: 0 }),
    sampleScore('stop_time', letIn ? 90 + n : 2400, { ...about, censored: !letIn }),
    sampleScore('interrupt_recovery', 300, { ...about, class: letIn ? 'answered' : 'ignored', censored: !letIn }),
  ];
};
const sham = (letIn: boolean): readonly Score[] => [
  sampleScore('yield_rate', letIn ? 1 : 0, { class: 'sham:interruption' }),
  sampleScore('stop_time', letIn ? 800 : 3000, { class: 'sham:interruption', censored: !letIn }),
];
const sound = (kind: string, value: number, note = ''): readonly Score[] => [
  sampleScore('false_barge_in', value, { class: kind, note }),
  sampleScore('hiccup', value === 0 ? 1 : 0, { class: kind }),
  ...(value === 0 ? [sampleScore('hiccup_length', 240, { class: kind })] : []),
];
const pause = (length: number, cut: boolean, note = ''): readonly Score[] => [
  sampleScore('pause_tolerance', cut ? 1 : 0, { class: 'pause', dose: length, note }),
  sampleScore('cut_in', cut ? 1 : 0, { class: 'pause', note }),
];

const INES = sampleCall('ines-1', 'failed', [
  ...[300, 500, 800, 1200, 1900, 2600].flatMap((length, n) => interruption(n, length, length > 600)),
  ...sham(false),
  ...sham(true),
  ...sound('cough', 0),
  ...sound('cough', 1),
  ...sound('sham:cough', 0),
  ...sound('far-speaker', 0.5),
]);
const HENRY = sampleCall('henry-1', 'failed', [
  ...[200, 350, 500, 700, 900].flatMap((length) => pause(length, false)),
  ...[700, 1200, 1800].flatMap((length) => pause(length, true)),
  sampleScore('cut_in', 1, { class: 'after-value', of: 'when', at: sampleScore('', 0).at }),
  sampleScore('turn_latency', 310),
]);

/** A page's body over calls that are in a store. */
async function rendered(
  page: SitePage,
  calls: readonly ScoredCall[],
  look: (site: SiteData, body: string) => Promise<void>,
  others: readonly RunReport[] = [],
): Promise<void> {
  const out = mkdtempSync(join(folder, 'runs-'));
  const report = { ...reportOf(calls), paths: { run: join(out, 'run') } };
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  await store.addRun(report.manifest);
  for (const call of calls) await store.addCall(report.manifest.id, call, { durationMs: 1, turns: [], reactions: [] });
  await store.close();
  await withSiteData([report, ...others], async (site) => look(site, (await page.render(site, draw))?.html ?? ''));
}

/** Texts of the cells of rows whose first cell is `name`. */
const row = (body: string, name: string): readonly string[] =>
  [...body.matchAll(/<tr[\s\S]*?<\/tr>/g)]
    .map(([tr]) => [...tr.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.trim()))
    .find((cells) => cells.includes(name)) ?? [];
const decoded = (body: string): string => body.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
const percent = (share: number): string => `${Math.round(100 * share)} %`;

test('shares of the page of interruptions are those of the store, shams beside them', async () => {
  await rendered(interruptionsPage, [INES, CARLA, METRONOME], async (site, body) => {
    const reactions = await site.rows<{ metric: string; class: string; n: number; share: number; by_chance: number }>(
      "SELECT * FROM reactions WHERE run_id = $run AND metric IN ('yield_rate', 'false_barge_in')",
    );
    expect(reactions).toHaveLength(3);
    for (const { metric, class: kind, n, share, by_chance } of reactions) {
      const cells = row(body, metric === 'yield_rate' ? 'all' : kind).join(' | ');
      expect(cells, kind).toContain(` ${n} | `);
      expect(cells, kind).toContain(percent(share));
      if (by_chance !== null) expect(cells, kind).toContain(`| ${percent(by_chance)} |`);
    }
    const [{ p50 } = { p50: 0 }] = await site.rows<{ p50: number }>(
      "SELECT quantile_disc(value, 0.5) AS p50 FROM observations WHERE run_id = $run AND metric = 'stop_time'",
    );
    expect(body).toContain(`median ${p50} ms`);
    const labels = await site.rows<{ class: string; n: number }>(
      "SELECT class, count(*)::INTEGER AS n FROM observations WHERE metric = 'interrupt_recovery' GROUP BY ALL ORDER BY ALL",
    );
    expect(labels.map(({ n }) => `${n}`)).toEqual([
      row(body, 'it answers what she said')[1],
      row(body, 'it says nothing')[1],
    ]);
  });
});

test('every interruption that was not let in, and every sound it stopped for, leads to its call and instant', async () => {
  await rendered(interruptionsPage, [INES], async (_, body) => {
    const link = './call.html?id=demo-20261122-101500/ines-1#t=14.20';
    const listed = [...body.matchAll(/<h3>([^<]+)<\/h3>\s*<div class="scroll">([\s\S]*?)<\/div>/g)];
    const linksUnder = (asks: string): number =>
      (listed.find(([, title]) => title === asks)?.[2] ?? '').split(`href="${link}"`).length - 1;
    expect(linksUnder('Where was she not let in?')).toBe(2);
    expect(linksUnder('Where did it stop for nothing?')).toBe(2);
    expect(linksUnder('Where did it not take up what she said?')).toBe(2);
    // Two points of the curve and two of the stop times.
    expect(body.split(`<a fill="inherit" href="${link}"`).length - 1).toBe(4);
    return Promise.resolve();
  });
});

test('there is no curve over a level at which everybody spoke', async () => {
  await rendered(interruptionsPage, [INES], async (_, body) => {
    expect(body).not.toContain('How loud must she speak');
    expect(body).toContain('there is no curve over the level');
    return Promise.resolve();
  });
});

test('pauses inside something unfinished stand apart from those after a complete value, as the store has them', async () => {
  await rendered(pausesPage, [INES, HENRY], async (site, body) => {
    const held = await site.rows<{ class: string; n: number; cut: number }>(
      `SELECT class, count(*)::INTEGER AS n, sum(value)::INTEGER AS cut FROM observations
       WHERE run_id = $run AND metric = 'cut_in' GROUP BY ALL ORDER BY class`,
    );
    expect(held).toEqual([
      { class: 'after-value', n: 1, cut: 1 },
      { class: 'pause', n: 8, cut: 3 },
    ]);
    expect(row(body, 'inside something unfinished').slice(1, 4)).toEqual(['all', '8', '3']);
    expect(row(body, 'after a complete value').slice(1, 4)).toEqual(['all', '1', '1']);
    expect(body).toMatch(/Cuts in on 50 .*: at \d+ ms/);
    const [{ tried } = { tried: '' }] = await site.rows<{ tried: string }>(
      "SELECT min(dose)::INTEGER || ' to ' || max(dose)::INTEGER AS tried FROM observations WHERE metric = 'pause_tolerance'",
    );
    expect(body).toContain(`tried ${tried} ms`);
  });
});

test('every run is a point of the planes, the published ones are said not to be measured', async () => {
  const other = reportOf([INES, HENRY]);
  const slow = { ...other, manifest: { ...other.manifest, id: 'demo-slow', faults: ['slow'] } };
  const points = (body: string): readonly string[] =>
    [...body.matchAll(/<title>(demo-[\w-]+: (?:yields|median wait)[^<]+)/g)].map(
      ([, title = '']) => title.split(':')[0] ?? '',
    );
  const both = ['demo-20261122-101500', 'demo-slow'];
  await rendered(
    interruptionsPage,
    [INES, HENRY],
    async (_, body) => {
      expect(points(body).toSorted()).toEqual(both);
      return Promise.resolve();
    },
    [slow],
  );
  await rendered(
    pausesPage,
    [INES, HENRY],
    async (_, body) => {
      expect(points(body).toSorted()).toEqual(both);
      expect(body.match(/<title>[^<]+not measured here/g)).toHaveLength(2);
      return Promise.resolve();
    },
    [slow],
  );
});

test('a page without data is left out, whatever else the run holds', async () => {
  for (const page of [interruptionsPage, pausesPage, handoffPage]) {
    await rendered(
      page,
      [CARLA, METRONOME, sampleCall('lost-1', 'invalid', [...interruption(1, 900, false), ...pause(500, true)])],
      async (_, body) => {
        expect(body, page.title).toBe('');
        return Promise.resolve();
      },
    );
  }
  await withSiteData([{ ...reportOf([INES]), paths: { run: join(folder, 'nowhere/run') } }], async (site) => {
    expect(await dataPage.render(site, draw)).toBeUndefined();
  });
});

test('what notes, kinds and places say cannot become markup or an expression on these pages', async () => {
  const scores = [
    ...interruption(1, 900, false, HOSTILE),
    ...interruption(2, 400, true, HOSTILE),
    ...sound(HOSTILE, 1, HOSTILE),
    ...sound(HOSTILE, 0, HOSTILE),
    ...pause(500, true, HOSTILE),
    ...pause(300, false, HOSTILE),
    sampleScore('turn_latency', 300),
  ].map((score) => ({ ...score, doubt: HOSTILE }));
  const odd = sampleCall(HOSTILE, 'failed', scores, { plan: { place: { name: HOSTILE, snrDb: 3 } } });
  for (const page of [interruptionsPage, pausesPage, dataPage]) {
    await rendered(page, [odd], async (_, body) => {
      expect(body, page.title).not.toMatch(/<img|<script|<b>\s*<audio|\$\{|`/);
      expect(body.length).toBeGreaterThan(1000);
      return Promise.resolve();
    });
  }
});

test('the page of data names every table with its rows, columns and command, and the views as they are defined', async () => {
  await rendered(dataPage, [INES, HENRY], async (site, body) => {
    const tables = [...decoded(body).matchAll(/data-table="(\w+)"[\s\S]*?<summary>\w+: (\d+) rows?<\/summary>/g)];
    expect(tables.map(([, name]) => name)).toEqual([
      'calls',
      'scores',
      'runs',
      'observations',
      'reactions',
      'run_metrics',
      'shams',
      'worst_calls',
    ]);
    for (const [, name, rows] of tables) {
      const [{ n } = { n: 0 }] = await site.rows<{ n: number }>(
        `SELECT count(*)::INTEGER AS n FROM ${name} WHERE run_id = $run`,
      );
      expect(Number(rows), name).toBe(n);
    }
    expect(row(body, 'dose')).toEqual(['dose', 'DOUBLE', 'yes']);
    expect(decoded(body)).toContain('CREATE VIEW observations AS');
    expect(decoded(body)).toContain(`hangup sql "SELECT * FROM scores WHERE run_id = 'demo-20261122-101500' LIMIT 20"`);
    expect(body).toMatch(/Without a row of this run: turns, stimuli, handoffs, stages/);
  });
});

/** Ten callers whose replies the agent explains: thinking takes `brain` ms of each. */
const explained = (brain: number): readonly ScoredCall[] =>
  Array.from({ length: 12 }, (_, n) => {
    const at = sampleScore('', 0).at;
    const wait = 200 + brain + n;
    return sampleCall(`explained-${n}`, 'passed', [
      sampleScore('turn_latency', wait, { of: 'day' }),
      sampleScore('substantive_latency', wait + 500, { of: 'day' }),
      sampleScore('stage_residual', 50, { of: 'day' }),
      sampleScore('stage_ear', 150 + n, { of: 'ear', at }),
      sampleScore('stage_brain', brain, { of: 'brain', at: (at + 150 + n) as typeof at }),
    ]);
  });

test('a wait is shown in stages beside the wire, with what none explains, and not at all without claims', async () => {
  await rendered(latencyPage, explained(100), async (site, body) => {
    const [{ p50 } = { p50: 0 }] = await site.rows<{ p50: number }>(
      "SELECT quantile_cont(value, 0.5) AS p50 FROM observations WHERE run_id = $run AND metric = 'turn_latency'",
    );
    expect(decoded(body)).toContain(`as the wire measured it (${Math.round(p50)} ms). 50 ms are in no claimed stage`);
    expect(decoded(body)).toContain('as the agent claims, brain: 100 ms');
    expect(decoded(body)).toContain('The reply than which 95 % of 12 are no slower: 311 ms');
    expect(row(body, 'its first word of substance').slice(1, 4)).toEqual(['12', '0', '805 ms']);
    expect(decoded(body)).toContain('In 12 of them the substance came later');
  });
  await rendered(latencyPage, [CARLA], async (_, body) => {
    expect(body).not.toMatch(/What is a wait made of|slow reply|Does the first sound say/);
    expect(body).toContain('After how long are how many callers still waiting');
    return Promise.resolve();
  });
});

test('runs are compared with intervals and by stage', async () => {
  const slow = reportOf(explained(400));
  const other = { ...slow, manifest: { ...slow.manifest, id: 'demo-slow' } };
  await rendered(
    comparePage,
    explained(100),
    async (_, body) => {
      const cells = row(decoded(body), 'turn latency, median');
      expect(cells[3]).toBe('+300 ms');
      expect(cells.at(-1)).toBe('worse');
      expect(row(decoded(body), 'failed calls').slice(3, 5)).toEqual(['0.0 points', 'not told']);
      expect(decoded(body)).toContain('demo-slow, brain: 400 ms');
      return Promise.resolve();
    },
    [other],
  );
});

/** What a desk was handed and what she had said, as the recorder writes it. */
const recorded = (value: string): string =>
  [
    { schema: 'head' },
    { source: 'caller', kind: 'said', at: 1000, line: 'a', onset: 1000, end: 1500, pauses: [], facts: { name: value } },
    {
      source: 'office',
      kind: 'packet',
      at: 4000,
      id: 'p',
      packet: { desk: 'billing', facts: { name: `not ${value}` } },
    },
    { source: 'wire', kind: 'refer', at: 4100, to: 'sip:billing@desk' },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');
const handedOver = (id: string, truth: 'must' | 'may', note: string): ScoredCall =>
  sampleCall(
    id,
    'failed',
    [
      ...(truth === 'must' ? [sampleScore('handoff_decision', 1, { class: 'must' })] : []),
      sampleScore('context_recall', 0, { of: 'name', class: 'fact', note }),
      sampleScore('repeat_burden', 1, { of: 'billing', class: 'billing', note }),
      sampleScore('failure_recovery', 9000, { of: 'transfer', note: `${note}: late` }),
      sampleScore('failure_followup', 0, { of: 'transfer' }),
    ],
    {
      plan: {
        expect: {
          commit: { action: 'message', slots: [] },
          handoff: { truth, desk: 'billing', facts: ['name'] },
        },
      },
    },
  );

test('the page of handoffs counts calls that may be handed over, and shows packet, burden and failed attempts', async () => {
  for (const text of ['Ines', HOSTILE]) {
    const calls = [handedOver('must-1', 'must', text), handedOver('may-1', 'may', text)];
    const invalid = { ...handedOver('lost-1', 'must', text), outcome: 'invalid' as const };
    await rendered(handoffPage, [...calls, invalid], async (site) => {
      for (const { head } of calls) {
        const folderOf = join(site.run.paths.run, 'calls', head.id);
        mkdirSync(folderOf, { recursive: true });
        writeFileSync(join(folderOf, 'events.jsonl'), recorded(text));
      }
      const body = (await handoffPage.render(site, draw))?.html ?? '';
      expect(body).not.toMatch(/<img|<script|<b>\s*<audio|\$\{|`/);
      expect(row(body, 'it must').slice(1)).toEqual(['1', '0', '0']);
      expect(row(body, 'it may').slice(1)).toEqual(['1', '0', '0']);
      expect(row(body, 'name').length).toBeGreaterThan(0);
      expect(body.match(/<td>differs<\/td>/g)).toHaveLength(2);
      expect(row(body, 'all').slice(1, 3)).toEqual(['2', '2']);
      expect(decoded(body)).toContain('0 of 2 were made up for');
      expect(body).not.toContain('lost-1');
    });
  }
});
