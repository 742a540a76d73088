import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CallFault, UsageError } from '../model/errors.ts';
import { makeupWords } from '../model/makeup.ts';
import type { AgentChoice } from './reference.ts';
import { projectRoot } from './registry.ts';

/** The reference agent in a process of its own. */
export interface AgentProcess {
  /** Addresses of the agent and of the metronome. */
  readonly agent: string;
  readonly metronome: string;
  close(): Promise<void>;
}

/** How the agent process is started. */
export interface AgentOrders extends AgentChoice {
  /** Where the office takes its requests. */
  readonly office: string;
  readonly earWorkers: number;
  /** The scheme of the line it is to be called on, e.g. `sip`. */
  readonly scheme: string;
}

const launcher = (): string => {
  const inCheckout = join(projectRoot, 'bin', 'hangup.js');
  return existsSync(inCheckout) ? inCheckout : join(projectRoot, '..', 'bin', 'hangup.js');
};

/**
 * Starts `hangup agent` and resolves when it can be called. It ends when its standard input closes, so that it never
 * outlives this process, however that ends.
 */
export async function startAgent({
  office,
  faults,
  manners,
  makeup = {},
  earWorkers,
  scheme,
}: AgentOrders): Promise<AgentProcess> {
  const words = ['agent', `--${scheme}`, '127.0.0.1:0', '--office', office, '--ear-workers', String(earWorkers)];
  const mannered = manners === undefined ? [] : ['--manners', manners];
  const broken = faults.length > 0 ? ['--fault', ...faults] : [];
  const child = spawn(
    process.execPath,
    [launcher(), ...words, '--until-stdin-closes', ...mannered, ...makeupWords(makeup), ...broken],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    void gone.then((code) =>
      reject(
        code === 2
          ? new UsageError('the reference agent could not be started as asked; see the line above')
          : new CallFault('agent-process', `the reference agent ended with ${code} before it could be called`),
      ),
    );
  });
  const { agent, metronome } = JSON.parse(await ready) as { agent: string; metronome: string };
  return {
    agent,
    metronome,
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
