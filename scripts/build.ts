// Makes dist/: the JavaScript, types and assets that `npm pack` ships.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vendorPackages } from '../reports/site/vendor.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const folders = '{harness,personas,agent,metrics,reports}';

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

// tsc rewrites imports; a worker's or a page's file is a plain string to it.
const RELATIVE_SOURCE = /(['"])(\.{1,2}\/[\w./-]+)\.ts\1/g;
for (const file of globSync('dist/**/*.js', { cwd: root })) {
  const path = join(root, file);
  const code = readFileSync(path, 'utf8');
  const rewritten = code.replace(RELATIVE_SOURCE, '$1$2.js$1');
  if (rewritten !== code) writeFileSync(path, rewritten);
}

const assets = globSync(`${folders}/**/*`, { cwd: root, withFileTypes: true }).filter(
  (entry) => entry.isFile() && !/\.(ts|js)$/.test(entry.name) && !entry.parentPath.includes('.observablehq'),
);
for (const entry of assets) {
  const from = join(entry.parentPath, entry.name);
  const to = join(dist, from.slice(root.length));
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

// A user's install has no esbuild: the pages' libraries are bundled here.
await vendorPackages(join(dist, 'reports/site/vendor'));
chmodSync(join(root, 'bin/hangup.js'), 0o755);
console.log(`dist/: ${globSync('dist/**/*.js', { cwd: root }).length} modules, ${assets.length} assets`);
