import { createInterface } from 'node:readline/promises';

/**
 * Asks on the terminal and resolves true for a yes; anything else, an empty line and the end of input among them, is a no.
 * Without a terminal nobody can be asked: true, as CI must go on.
 */
export async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return /^y(es)?$/i.test((await Promise.race([terminal.question(`${question} [y/N] `), said])).trim());
  } finally {
    terminal.close();
  }
}
