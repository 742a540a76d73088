import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { attacks, ears, habits, metrics, people, places, scenarios, voices } from '../../run/registry.ts';
import { loadSuite } from '../../run/suite.ts';
import { besideHere } from '../common.ts';

interface Finding {
  readonly what: string;
  readonly state: 'ready' | 'missing' | 'broken' | 'optional';
  readonly how: string;
}

/** An engine that can say whether it is there. */
interface Installable {
  readonly summary: string;
  missing(): Promise<string | undefined>;
}

/** What a call needs that names no engine. */
const EMBEDDED: ReadonlySet<string> = new Set(['flite', 'soundswallower']);

/** `hangup doctor`: what is installed, what is missing, and how to get it. Exits 0 when what the default needs is there. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const findings = [
    node(),
    ...(await engines()),
    ...(await beside()),
    ...telephony(),
    program('sipp', 'sip-tester', 'needed only by the tests that call SIPp'),
    program('kamailio', 'kamailio kamailio-tls-modules', 'needed only by the tests that call through a proxy'),
    program('openssl', 'openssl', 'needed only by the tests over TLS'),
  ];
  const ready = findings.every(({ state }) => state === 'ready' || state === 'optional');
  if (options['json']) {
    process.stdout.write(`${JSON.stringify({ schema: 'hangup.doctor/1', ready, findings })}\n`);
  } else {
    const width = Math.max(...findings.map(({ what }) => what.length));
    for (const { what, state, how } of findings)
      process.stdout.write(`${what.padEnd(width)}  ${state.padEnd(8)}  ${how}\n`);
  }
  return ready ? 0 : 2;
}

function node(): Finding {
  const good = Number(process.versions.node.split('.')[0]) >= 24;
  return { what: 'Node', state: good ? 'ready' : 'missing', how: process.versions.node };
}

async function engines(): Promise<readonly Finding[]> {
  const found = async (noun: string, kinds: ReadonlyMap<string, Installable>): Promise<readonly Finding[]> =>
    Promise.all(
      [...kinds].map(async ([name, kind]): Promise<Finding> => {
        const missing = await kind.missing();
        return {
          what: `${noun} ${name}`,
          state: missing === undefined ? 'ready' : EMBEDDED.has(name) ? 'missing' : 'optional',
          how: missing ?? kind.summary,
        };
      }),
    );
  return [...(await found('voice', await voices())), ...(await found('ear', await ears()))];
}

/** What lies beside the suite in this folder, held to its contracts. */
async function beside(): Promise<readonly Finding[]> {
  const folder = besideHere();
  if (folder === undefined) return [];
  const own = { people, scenarios, attacks, habits, places, measures: metrics, voices };
  const found: Finding[] = [];
  for (const [name, read] of Object.entries(own)) {
    if (existsSync(join(folder, name))) found.push(await judged(`own ${name}`, () => read(folder)));
  }
  return [await judged('hangup.config.ts', async () => void (await loadSuite(undefined))), ...found];
}

async function judged(what: string, read: () => Promise<unknown>): Promise<Finding> {
  try {
    await read();
    return { what, state: 'ready', how: 'as its contract has it' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { what, state: 'broken', how: error.message };
  }
}

/** What the SIP line can do from here. */
function telephony(): readonly Finding[] {
  const six = Object.values(networkInterfaces()).some((each) => each?.some(({ family }) => family === 'IPv6'));
  const { SIP_USER, SIP_PASSWORD } = process.env;
  return [
    { what: 'SIP', state: 'ready', how: 'over UDP, TCP and TLS; digest MD5 and SHA-256; --register, --proxy, --ca' },
    {
      what: 'SIP over IPv6',
      state: six ? 'ready' : 'optional',
      how: six ? 'write the address like sip:agent@[2001:db8::5]' : 'this machine has no IPv6 address',
    },
    {
      what: 'SIP password',
      state: SIP_PASSWORD ? 'ready' : 'optional',
      how: SIP_PASSWORD
        ? `SIP_PASSWORD is set${SIP_USER ? `, for ${SIP_USER}` : '; SIP_USER is not'}`
        : 'set SIP_USER and SIP_PASSWORD to call an agent that asks for them',
    },
  ];
}

function program(name: string, from: string, why: string): Finding {
  const found = spawnSync('which', [name]).status === 0;
  return {
    what: name,
    state: found ? 'ready' : 'optional',
    how: found ? why : `${why}; on Debian: apt-get install ${from}`,
  };
}
