import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../harness/model/errors.ts';
import type { ScoredCall } from '../../harness/model/metric.ts';
import { agentCalls } from '../report.ts';
import type { RunReport } from '../report.ts';
import { latencyData, runPage } from './page.ts';
import type { Player } from './page.ts';
import { nameTheRest, packageFolder, vendorPackages } from './vendor.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** The Framework this site is built with. Its cache's layout is relied on: see vendor.ts. */
const FRAMEWORK = '1.13.4';

/**
 * Builds the static site of `runs` into `outDir`, the first run on its first page, with no network.
 * Tells `progress` what it is doing. Throws UsageError when Framework is not installed.
 */
export async function buildSite(
  runs: readonly RunReport[],
  outDir: string,
  progress: (step: string) => void,
): Promise<void> {
  const framework = packageFolder('@observablehq/framework');
  if (!framework) {
    throw new UsageError(
      `the report page needs Observable Framework; add it with npm install @observablehq/framework@${FRAMEWORK}`,
    );
  }
  if (runs.length === 0) throw new UsageError('there is no run to report; name a folder under runs/');
  const work = mkdtempSync(join(tmpdir(), 'hangup-site-'));
  try {
    progress('report: gathering pages');
    writePages(runs, work);
    const cache = join(work, 'src/.observablehq/cache');
    await vendorPackages(cache);
    nameTheRest(cache, framework);
    await runFramework(framework, work, progress);
    progress('report: copying recordings');
    for (const run of runs) copyRecordings(run, join(work, 'dist'));
    linkRecordings(join(work, 'dist'));
    cpSync(join(work, 'dist'), resolve(outDir), { recursive: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function writePages(runs: readonly RunReport[], work: string): void {
  const source = join(work, 'src');
  mkdirSync(join(source, 'components'), { recursive: true });
  const code = extname(fileURLToPath(import.meta.url));
  copyFileSync(join(here, `components/latency${code}`), join(source, `components/latency${code}`));
  copyFileSync(join(here, 'style.css'), join(source, 'style.css'));
  runs.forEach((run, index) => {
    const name = index === 0 ? 'index' : pageName(run);
    writeFileSync(join(source, `${name}.json`), JSON.stringify(latencyData(run)));
    writeFileSync(
      join(source, `${name}.md`),
      runPage(run, `${name}.json`, (call) => players(run, call)),
    );
  });
  const pages = runs.map((run, index) => ({
    name: run.manifest.id,
    path: index === 0 ? '/index' : `/${pageName(run)}`,
  }));
  writeFileSync(
    join(work, 'observablehq.config.js'),
    `export default ${JSON.stringify(siteConfig(pages), undefined, 2)};\n`,
  );
}

const pageName = ({ manifest }: RunReport): string => manifest.id.replaceAll(/[^\w.-]/g, '_');

const siteConfig = (pages: readonly { readonly name: string; readonly path: string }[]): object => ({
  root: 'src',
  output: 'dist',
  title: 'Hangup',
  pages: pages.slice(1),
  sidebar: pages.length > 1,
  pager: false,
  style: 'style.css',
  // No fonts from elsewhere, no icon request, no date: the same run gives the same pages.
  globalStylesheets: [],
  head: '<link rel="icon" href="data:,">',
  footer: '',
  preserveExtension: true,
});

async function runFramework(framework: string, work: string, progress: (step: string) => void): Promise<void> {
  progress('report: building the site');
  const child = spawn(process.execPath, [join(framework, 'dist/bin/observable.js'), 'build'], {
    cwd: work,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      OBSERVABLE_TELEMETRY_DISABLE: 'true',
      NO_COLOR: '1',
      NODE_OPTIONS: `--import ${JSON.stringify(join(here, 'offline.mjs'))}`,
    },
  });
  const last: string[] = [];
  const keep = (line: string): void => {
    last.push(line);
    if (last.length > 12) last.shift();
  };
  createInterface(child.stdout).on('line', keep);
  createInterface(child.stderr).on('line', keep);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the report could not be built:\n${last.join('\n')}`);
}

const RECORDINGS = [
  ['audio.wav', 'left the caller, right the agent'],
  ['desk.wav', 'at the desk'],
] as const;

const recordingsOf = (
  run: RunReport,
  call: ScoredCall,
): readonly { readonly from: string; readonly to: string; readonly says: string }[] =>
  RECORDINGS.map(([file, says]) => ({
    from: join(run.paths.run, 'calls', call.head.id, file),
    to: `recordings/${pageName(run)}/${call.head.id.replaceAll(/[^\w.-]/g, '_')}-${file}`,
    says,
  })).filter(({ from }) => existsSync(from));

const players = (run: RunReport, call: ScoredCall): readonly Player[] =>
  recordingsOf(run, call).map(({ to, says }) => ({ says, href: to }));

function copyRecordings(run: RunReport, site: string): void {
  for (const { from, to } of agentCalls(run).flatMap((call) => recordingsOf(run, call))) {
    mkdirSync(dirname(join(site, to)), { recursive: true });
    copyFileSync(from, join(site, to));
  }
}

// Framework would take a `src` for a file of its own, hash it and refuse the page when it is not there yet.
function linkRecordings(site: string): void {
  for (const file of globSync('*.html', { cwd: site })) {
    const page = readFileSync(join(site, file), 'utf8');
    writeFileSync(join(site, file), page.replaceAll(/(<audio [^>]*?)data-recording="/g, '$1src="./'));
  }
}
