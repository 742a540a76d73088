import { setPriority } from 'node:os';

/** Mild: a thread with the lowest priority starves beside somebody else's busy core. */
const NICE = 5;

/**
 * Lowers this thread's priority: an engine that thinks for 50 ms must not keep a packet from leaving on time.
 * On Linux the calling thread alone is meant; elsewhere, and where it is refused, nothing changes.
 */
export function yieldToMedia(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, NICE);
  } catch {
    // The send stamps will show what it costs.
  }
}
