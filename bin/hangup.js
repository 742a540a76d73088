#!/usr/bin/env node
// Plain JavaScript, for any Node: finds a Node that can run Hangup and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = 24;
const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// A checkout runs its sources, a packed install its dist/.
const sources = inPackage('harness/cli/main.ts');
const program = existsSync(sources) ? sources : inPackage('dist/harness/cli/main.js');

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  const { main } = await import(pathToFileURL(program).href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  const own = inPackage('node_modules/node/bin/node');
  if (existsSync(own)) handOver(own);
  else refuse();
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; this process only has to outlive it, to pass its exit code on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`hangup: ${node} does not start (${error.message}); run npm install again.`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

function refuse() {
  const remedy = existsSync(inPackage('node_modules/node/package.json'))
    ? 'npm installed with install scripts off, so the Node it brings is missing: run `npm rebuild node --ignore-scripts=false`, or use a newer Node.'
    : 'install a newer Node from https://nodejs.org, or run `npx --package=node@24 --package=hangup hangup`.';
  console.error(`Hangup needs Node ${NEEDED} or newer and this is Node ${process.versions.node}; ${remedy}`);
  process.exitCode = 2;
}
