import { spawnSync } from 'node:child_process';
import { ears, voices } from '../../run/registry.ts';

interface Finding {
  readonly what: string;
  readonly state: 'ready' | 'missing' | 'optional';
  readonly how: string;
}

/** `hangup doctor`: what is installed, what is missing, and how to get it. Exits 0 when what the default needs is there. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const findings = [node(), ...(await engines()), program('sipp', 'sip-tester', 'needed only by the tests that call SIPp')];
  const ready = findings.every((finding) => finding.state !== 'missing');
  if (options['json']) {
    process.stdout.write(`${JSON.stringify({ schema: 'hangup.doctor/1', ready, findings })}\n`);
  } else {
    const width = Math.max(...findings.map(({ what }) => what.length));
    for (const { what, state, how } of findings) process.stdout.write(`${what.padEnd(width)}  ${state.padEnd(8)}  ${how}\n`);
  }
  return ready ? 0 : 2;
}

function node(): Finding {
  const good = Number(process.versions.node.split('.')[0]) >= 24;
  return { what: 'Node', state: good ? 'ready' : 'missing', how: process.versions.node };
}

async function engines(): Promise<readonly Finding[]> {
  const kinds = [...[...(await voices())].map(([name, kind]) => [`voice ${name}`, kind] as const)];
  kinds.push(...[...(await ears())].map(([name, kind]) => [`ear ${name}`, kind as never] as const));
  return Promise.all(
    kinds.map(async ([what, kind]): Promise<Finding> => {
      const missing = await kind.missing();
      return { what, state: missing === undefined ? 'ready' : 'missing', how: missing ?? kind.summary };
    }),
  );
}

function program(name: string, from: string, why: string): Finding {
  const found = spawnSync('which', [name]).status === 0;
  return {
    what: name,
    state: found ? 'ready' : 'optional',
    how: found ? why : `${why}; on Debian: apt-get install ${from}`,
  };
}
