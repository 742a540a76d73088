import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** Packages the page uses, by name or through Framework's implicit `Plot` and `html`. They import one another once. */
const VENDORED: readonly string[] = ['@observablehq/plot', 'd3', 'd3-dsv', 'htl', 'isoformat', 'wavesurfer.js'];

/** Packages of which more than the main module is needed: what their one file exports. */
const WITH_MORE: Readonly<Record<string, string>> = {
  'wavesurfer.js': `
    export {default} from 'wavesurfer.js';
    export {default as Regions} from 'wavesurfer.js/dist/plugins/regions.js';
    export {default as Spectrogram} from 'wavesurfer.js/dist/plugins/spectrogram.js';
    export {default as Timeline} from 'wavesurfer.js/dist/plugins/timeline.js';`,
};

const require = createRequire(import.meta.url);

/** Folder of an installed package; undefined when it is not installed. */
export function packageFolder(name: string): string | undefined {
  return (require.resolve.paths(name) ?? []).map((folder) => join(folder, name)).find((folder) => existsSync(folder));
}

/**
 * Fills `cache` with the page's libraries as Framework's own npm cache holds them (`_npm/NAME@VERSION/_esm.js`),
 * so that a build asks no network. From a packed install they come ready made.
 */
export async function vendorPackages(cache: string): Promise<void> {
  const ready = join(dirname(fileURLToPath(import.meta.url)), 'vendor');
  if (existsSync(ready) && ready !== cache) {
    cpSync(ready, cache, { recursive: true });
    return;
  }
  const { build } = await import('esbuild');
  const folders = new Map(VENDORED.map((name) => [name, join(cache, '_npm', `${name}@${versionOf(name)}`)]));
  for (const [name, folder] of folders) {
    await build({
      ...entryOf(name),
      outfile: join(folder, '_esm.js'),
      absWorkingDir: dirname(fileURLToPath(import.meta.url)),
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      minify: true,
      legalComments: 'eof',
      logLevel: 'warning',
      plugins: [oneCopyOf(folders, name)],
    });
  }
}

/**
 * Makes an empty folder for every other package that Framework's client can name. Framework lists folders to
 * learn a version and asks the npm registry for one it does not find, also for libraries no page uses.
 */
export function nameTheRest(cache: string, framework: string): void {
  const dist = join(framework, 'dist');
  const named = globSync(['client/**/*.js', 'libraries.js'], { cwd: dist }).flatMap((file) =>
    [...readFileSync(join(dist, file), 'utf8').matchAll(/["'`]npm:((?:@[\w.-]+\/)?[\w.-]+)/g)].map(
      ([, name = '']) => name,
    ),
  );
  for (const name of new Set(named)) {
    if (!VENDORED.includes(name)) mkdirSync(join(cache, '_npm', `${name}@0.0.0-not-vendored`), { recursive: true });
  }
}

const entryOf = (name: string): object => {
  const contents = WITH_MORE[name];
  return contents
    ? { stdin: { contents, resolveDir: dirname(fileURLToPath(import.meta.url)) } }
    : { entryPoints: [name] };
};

function versionOf(name: string): string {
  const folder = packageFolder(name);
  if (!folder) throw new Error(`${name} is not installed; run npm install in the checkout`);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

const oneCopyOf = (folders: ReadonlyMap<string, string>, self: string): Plugin => ({
  name: 'one-copy',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const folder = folders.get(path);
      if (!folder || path === self || kind === 'entry-point') return undefined;
      return { path: relative(folders.get(self) ?? '', join(folder, '_esm.js')), external: true };
    });
  },
});
