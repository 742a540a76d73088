import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { SuiteSip } from '../../model/suite.ts';
import { describeCall } from '../first-call.ts';
import type { FirstCall } from '../first-call.ts';

/** The files `hangup init` writes, by path inside its folder. */
export function starterFiles(address: string, found: FirstCall, sip: SuiteSip = {}): Readonly<Record<string, string>> {
  return {
    'hangup.config.ts': configFor(address, found, sip),
    'scenarios/first-call.yaml': scenarioFor(found),
    'check.ts': CHECK,
  };
}

/** Throws UsageError when one of `names` is in `folder` already: nothing is ever overwritten. */
export function refuseOverwriting(folder: string, names: readonly string[]): void {
  const there = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (there.length === 0) return;
  const verb = there.length === 1 ? 'is' : 'are';
  throw new UsageError(
    `${there.join(' and ')} ${verb} there already, and nothing is overwritten; move ${there.length === 1 ? 'it' : 'them'} away, or write elsewhere with --out DIR`,
  );
}

/** Writes what is not there yet; returns the paths. */
export function writeStarter(folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  refuseOverwriting(folder, Object.keys(files));
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return path;
  });
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A name for the suite: the user part of the address. */
const nameOf = (address: string): string => /^sips?:([\w.-]+)@/.exec(address)?.[1]?.toLowerCase() ?? 'my-agent';

const hostOf = (address: string): string => /^sips?:(?:[^@]*@)?(\[[^\]]+\]|[^:;>]+)/.exec(address)?.[1] ?? 'the.host';

/** How the target was reached, as the suite says it; nothing when the address alone was enough. */
function sipPart({ registrar, outboundProxy, ca }: SuiteSip): string {
  const said = Object.entries({ registrar, outboundProxy, ca })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}: ${quoted(value)}`);
  return said.length === 0 ? '' : `  sip: { ${said.join(', ')} },\n`;
}

/** Every host the calls go to. */
const hostsOf = (address: string, { registrar, outboundProxy }: SuiteSip): string =>
  [...new Set([address, registrar, outboundProxy].filter((each) => each !== undefined).map(hostOf))]
    .map(quoted)
    .join(', ');

function configFor(address: string, found: FirstCall, sip: SuiteSip): string {
  return `// Calls to ${address}. What answered when hangup init called it:
${describeCall(found)
  .map((line) => `//   ${line.replaceAll(/\s+/g, ' ')}`)
  .join('\n')}
//
// npx hangup run        places the calls below and gives a verdict
// npx hangup gate       the verdict again, for a pipeline (exit code 0 pass, 1 fail, 3 too little to say)
// npx hangup listen plain-paula first-call --suite hangup.config.ts    what a caller will say
import { defineSuite } from 'hangup';
// What your agent really did: fill in check.ts, then take this line and the two below in.
// import { before, check } from './check.ts';

export default defineSuite({
  name: ${quoted(nameOf(address))},
  // Credentials are never written here: SIP_USER and SIP_PASSWORD in the environment.
  target: ${quoted(address)},
${sipPart(sip)}  line: 'sip',
  seed: 1,
  // One call at a time, until you know that your agent takes more.
  jobs: 1,
  // Calls to Hangup's own metronome among them: they check the instrument.
  metronome: 2,
  // Hosts outside loopback and private ranges that may be called.
  allow: [${hostsOf(address, sip)}],
  // before,
  // check,

  // Who calls, why, how often. Who there is: npx hangup list personas; your own: people/NAME.yaml.
  // What a scenario says: scenarios/first-call.yaml. mind: 'script' says the next line when the agent has spoken.
  calls: [
    { persona: 'plain-paula', scenario: 'first-call', trials: 3 },
    { persona: 'interrupting-ines', scenario: 'first-call', trials: 3 },
  ],

  // What the agent must hold, over all calls: 'starter' is what agents are published to do, as far as it can be seen of
  // yours. After three runs, npx hangup bounds RUN RUN RUN proposes bounds of its own to paste here, one per line:
  // gates: [{ metric: 'turn_latency', of: 'p50', limit: 1500 }],
  gates: 'starter',
});
`;
}

const scenarioFor = ({
  speaksFirst,
}: FirstCall): string => `# yaml-language-server: $schema=../node_modules/hangup/schemas/scenario-1.json
# Why somebody calls, and what must have happened by the end. Edit her words to what your agent is for.
summary: has a question and leaves a name
# low, medium or high: what is at risk in a call of this kind.
stakes: low
# Who speaks first: agent or caller.
opens: ${speaksFirst === 'caller' ? 'caller' : 'agent'}

# What she knows. A person brings {name} and {phone}; put digits in quotes.
facts: {}

# One line each time the agent has spoken. {name} is spoken as words, "15:00" as three, digits one by one.
lines:
  - topic: opening
    say: hello, i have a question
    again: [i have a question, could you help me]
  - topic: name
    say: my name is {name}
    again: ['{name}']
    tells: { name: '{name}' }
    # Where an ear listens, a line can wait for words of the agent's instead of its turn:
    # when: [your name, who is calling]
  - topic: anything-else
    say: no, that is all, thank you
  # After a line with the topic goodbye she hangs up.
  - topic: goodbye
    say: goodbye

expect:
  # Whether she is to be put through to a person: must, may or must-not.
  handoff: { truth: may }
  # What must have been done, as your check.ts reports it; left out: nothing may be.
  # commit: { action: message, name: '{name}' }
  # Phrases that must or must not be heard, where the agent's words are seen.
  # mustSay: [between eight and noon]
  # mustNotSay: [we guarantee]
`;

const CHECK = `// What your agent really did, in its own calendar, CRM or log. Without it the harness hears the call and sees no result.
// Taken in by the lines in hangup.config.ts that say so. Either function may be left out, or be an HTTP URL instead.
import type { CheckAnswer, EndedCall, HookCall } from 'hangup';

/**
 * Before each call: put the agent's world back to where every call begins.
 * call: ids of run and call (the agent is given the latter as X-Hangup-Call), persona, scenario and target.
 */
export async function before(call: HookCall): Promise<void> {
  // await fetch('http://127.0.0.1:3000/test/reset', { method: 'POST', body: JSON.stringify({ id: call.call }) });
  void call;
}

/**
 * After each call: what was really committed, and the desk she was put through to. The action and the values go by the
 * names your scenario's expect.commit uses; committed is null when nothing was.
 * call: as above, with startedAt and endedAt (ISO 8601, UTC).
 */
export async function check(call: EndedCall): Promise<CheckAnswer> {
  // const order = await (await fetch(\`http://127.0.0.1:3000/orders?since=\${call.startedAt}\`)).json();
  // return { committed: { action: 'message', values: { name: order.name } } };
  throw new Error(\`check.ts does not say yet what came of call \${call.call}: look it up and return { committed }\`);
}
`;
