import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for an engine that can only write files. */
export interface Scratch {
  readonly dir: string;
  close(): void;
}

/**
 * A folder of this process among the system's temporary ones, gone when it is closed or the process exits. A process
 * killed by a signal leaves its folder behind: the next one to open a scratch `of` the same engine on this host clears it.
 */
export function openScratch(of: string): Scratch {
  const prefix = `hangup-${of}-${hostname()}-`;
  clearAbandoned(prefix);
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const clear = (): void => rmSync(dir, { recursive: true, force: true });
  process.once('exit', clear);
  return {
    dir,
    close: () => {
      process.off('exit', clear);
      clear();
    },
  };
}

/** The host is part of the name: in containers that share a folder, another's process ids say nothing here. */
function clearAbandoned(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1]) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to clear.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
