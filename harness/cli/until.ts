/** Resolves on ctrl-C or a termination signal, or when the process that started this one is gone. */
export function toldToStop(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    // Ctrl-C reaches both: whoever started this program hangs up first and closes its input when it may go.
    if (withParent) process.on('SIGINT', () => undefined);
    else process.once('SIGINT', () => resolve());
    if (withParent) process.stdin.once('end', () => resolve()).resume();
  });
}
