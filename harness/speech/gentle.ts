import { constants, setPriority } from 'node:os';

/**
 * Lowers this thread's priority: an engine that thinks for 50 ms must not keep a packet from leaving on time.
 * On Linux the calling thread alone is meant; elsewhere, and where it is refused, nothing changes.
 */
export function yieldToMedia(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_LOW);
  } catch {
    // The send stamps will show what it costs.
  }
}
