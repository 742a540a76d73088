import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const found = (program: string): boolean => spawnSync('which', [program]).status === 0;

/**
 * Whether `program` is there. As root or where CI=true it is installed from Debian first; where CI=true a missing one
 * is an error, elsewhere the tests that need it are skipped by name.
 */
export function needProgram(program: string): boolean {
  const ci = process.env['CI'] === 'true';
  if (!found(program) && (ci || process.getuid?.() === 0)) {
    spawnSync('bash', ['scripts/setup-peers.sh'], { cwd: root, stdio: 'inherit' });
  }
  if (found(program)) return true;
  if (ci) throw new Error(`${program} is missing, and in CI every test must run: scripts/setup-peers.sh installs it`);
  process.stderr.write(`not run, ${program} is missing (scripts/setup-peers.sh installs it): see the skipped tests\n`);
  return false;
}
