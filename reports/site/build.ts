import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../../harness/model/errors.ts';
import { exportRun } from '../../metrics/store/export.ts';
import type { RunReport } from '../report.ts';
import { copyCalls } from './calls.ts';
import type { AudioChoice } from './calls.ts';
import { fileName } from './components/address.ts';
import { storeOf, withSiteData } from './data.ts';
import type { SiteData } from './data.ts';
import { openDraw } from './draw.ts';
import { markdown } from './markdown.ts';
import type { SitePage } from './page.ts';
import { storedTables } from './stored.ts';
import { nameTheRest, packageFolder, vendorPackages } from './vendor.ts';

const here = dirname(fileURLToPath(import.meta.url));
const code = extname(fileURLToPath(import.meta.url));

/** The Framework this site is built with. Its cache's layout is relied on: see vendor.ts. */
const FRAMEWORK = '1.13.4';

/** What a site is made of and how. */
export interface SiteOrder {
  /** The first is the one the site is about. */
  readonly runs: readonly RunReport[];
  readonly out: string;
  /** The calls that a self-test has kept, for the page of faults to lead to. */
  readonly selftest?: RunReport;
  /** Whose recordings go along. */
  readonly audio: AudioChoice;
  /** Another store than the one beside the first run: that of a run that is going on is not to be had. */
  readonly store?: string;
  /** Told what is being done. */
  readonly progress: (step: string) => void;
}

/** Builds the static site of `runs` into `out` with no network. Throws UsageError when Framework is not installed. */
export async function buildSite({ runs, out, audio, store, selftest, progress }: SiteOrder): Promise<void> {
  const framework = packageFolder('@observablehq/framework');
  if (!framework) {
    throw new UsageError(
      `the report page needs Observable Framework; add it with npm install @observablehq/framework@${FRAMEWORK}`,
    );
  }
  if (runs.length === 0) throw new UsageError('there is no run to report; name a folder under runs/');
  const work = mkdtempSync(join(tmpdir(), 'hangup-site-'));
  try {
    progress('report: gathering libraries');
    const cache = join(work, 'src/.observablehq/cache');
    await vendorPackages(cache);
    nameTheRest(cache, framework);
    const path = store ?? (runs[0] ? storeOf(runs[0]) : '');
    const filled = await withSiteData(
      runs,
      async (site) => {
        await writePages(site, work, cache, framework, progress);
        await runFramework(framework, work, progress);
        await copyCalls(site, join(work, 'dist'), audio, progress);
        return (await storedTables(site)).filter(({ rows }) => rows > 0).map(({ name }) => name);
      },
      path,
      selftest,
    );
    await copyTables(runs, path, filled, join(work, 'dist'), progress);
    nameForReaders(join(work, 'dist'));
    cpSync(join(work, 'dist'), resolve(out), { recursive: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The main run's tables as files beside the pages, once the store is closed: what reads them there may write no file. */
async function copyTables(
  [run]: readonly RunReport[],
  store: string,
  tables: readonly string[],
  site: string,
  progress: (step: string) => void,
): Promise<void> {
  if (!run || tables.length === 0) return;
  progress(`report: ${tables.length} tables`);
  await exportRun(store, run.manifest.id, tables, join(site, 'data', fileName(run.manifest.id)));
}

/** Framework leaves out the language, and a name for the switch of its sidebar: screen readers need both. */
function nameForReaders(site: string): void {
  for (const file of globSync('*.html', { cwd: site })) {
    const page = readFileSync(join(site, file), 'utf8')
      .replace('<html>', '<html lang="en">')
      .replace(
        '<input id="observablehq-sidebar-toggle"',
        '<input aria-label="List of pages" id="observablehq-sidebar-toggle"',
      );
    writeFileSync(join(site, file), page);
  }
}

/** Every file of the pages' folder, in the order of the site's list. */
async function sitePages(): Promise<readonly (SitePage & { readonly name: string })[]> {
  const files = readdirSync(join(here, 'pages')).filter((file) => extname(file) === code);
  const pages = await Promise.all(
    files.map(async (file) => {
      const { default: page } = (await import(pathToFileURL(join(here, 'pages', file)).href)) as { default: SitePage };
      return { ...page, name: basename(file, code) };
    }),
  );
  return pages.toSorted((a, b) => a.order - b.order);
}

async function writePages(
  site: SiteData,
  work: string,
  cache: string,
  framework: string,
  progress: (step: string) => void,
): Promise<void> {
  const source = join(work, 'src');
  copyComponents(join(source, 'components'));
  copyFileSync(join(here, 'style.css'), join(source, 'style.css'));
  const draw = await openDraw(cache, framework);
  const shown: { readonly name: string; readonly path: string }[] = [];
  for (const page of await sitePages()) {
    progress(`report: page ${page.title}`);
    const body = await page.render(site, draw);
    if (!body) continue;
    writeFileSync(join(source, `${page.name}.md`), markdown(page, body, site));
    shown.push({ name: page.title, path: page.name === 'index' ? '/index' : `/${page.name}` });
  }
  writeFileSync(
    join(work, 'observablehq.config.js'),
    `export default ${JSON.stringify(siteConfig(shown), undefined, 2)};\n`,
  );
}

/** Framework finds `x.ts` where a module imports `x.js`, and nothing where it imports `x.ts`. */
function copyComponents(to: string): void {
  for (const file of globSync(`**/*${code}`, { cwd: join(here, 'components') })) {
    const source = readFileSync(join(here, 'components', file), 'utf8');
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), source.replaceAll(/(from '\.{1,2}\/[^']+)\.ts'/g, "$1.js'"));
  }
}

const siteConfig = (pages: readonly { readonly name: string; readonly path: string }[]): object => ({
  root: 'src',
  output: 'dist',
  title: 'Hangup',
  pages,
  sidebar: true,
  toc: false,
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
  const [exit] = (await once(child, 'close')) as [number | null];
  if (exit !== 0) throw new Error(`the report could not be built:\n${last.join('\n')}`);
}
