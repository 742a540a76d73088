import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programFound = (program: string): boolean => spawnSync('which', [program]).status === 0;
const moduleFound = (name: string): boolean => spawnSync('/usr/bin/python3', ['-c', `import ${name}`]).status === 0;

/**
 * Whether `program` is there. As root or where CI=true it is installed from Debian first; where CI=true a missing one
 * is an error, elsewhere the tests that need it are skipped by name.
 */
export const needProgram = (program: string): boolean => need(program, programFound);

/** The same for a module of the system's Python. */
export const needPython = (name: string): boolean => need(name, moduleFound);

function need(what: string, found: (what: string) => boolean): boolean {
  const ci = process.env['CI'] === 'true';
  if (!found(what) && (ci || process.getuid?.() === 0)) {
    spawnSync('bash', ['scripts/setup-peers.sh'], { cwd: root, stdio: 'inherit' });
  }
  if (found(what)) return true;
  if (ci) throw new Error(`${what} is missing, and in CI every test must run: scripts/setup-peers.sh installs it`);
  process.stderr.write(`not run, ${what} is missing (scripts/setup-peers.sh installs it): see the skipped tests\n`);
  return false;
}
