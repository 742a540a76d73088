import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../model/errors.ts';
import type { SuiteSip } from '../../model/suite.ts';
import { hostIn } from '../../run/access.ts';
import { describeCall, firstCall, firstPlan } from '../../run/first-call.ts';
import type { FirstCall, NoCall } from '../../run/first-call.ts';
import { refuseOverwriting, starterFiles, writeStarter } from '../../run/own/starter-files.ts';
import { progressTo } from '../../run/progress.ts';
import { openWorkshop } from '../../run/session.ts';
import { interruption, RUNS } from '../common.ts';
import { EXIT } from '../exit.ts';
import { text } from '../numbers.ts';
import { sipFrom } from '../sip-options.ts';

const NAMES = ['hangup.config.ts', 'scenarios/first-call.yaml', 'check.ts'];

/** `hangup init ADDRESS`: one call, what answered, and files to begin with. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const address = String(args[0]);
  const host = /^sips?:(?:[^@\s]*@)?(\[[^\]\s]+\]|[^:;>\s]+)/.exec(address)?.[1];
  if (host === undefined || /\s/.test(address)) {
    throw new UsageError(
      `"${address}" is no address to call; write sip:user@host, or sip:user@host:port;transport=tcp`,
    );
  }
  const folder = resolve(text(options, 'out') ?? '.');
  refuseOverwriting(folder, NAMES);
  if (options['yes'] !== true && !(await agreed(address))) {
    process.stderr.write('nothing was called and nothing was written\n');
    return EXIT.pass;
  }
  const sip = sipFrom(options);
  const found = await calledOnce(address, sip, join(folder, RUNS, '.cache'));
  if ('refused' in found) {
    throw new UsageError(
      `no call to ${address} came about: ${found.refused}; mend the address, or the credentials in SIP_USER and SIP_PASSWORD, and try again`,
    );
  }
  const written = writeStarter(folder, starterFiles(address, found, besideIn(folder, sip)));
  process.stdout.write(
    options['json'] === true
      ? `${JSON.stringify({ schema: 'hangup.init/1', address, found, written })}\n`
      : `\n${address}\n${describeCall(found)
          .map((line) => `  ${line}`)
          .join(
            '\n',
          )}\n\n${written.map((path) => `wrote ${path}`).join('\n')}\n\nEdit her words in scenarios/first-call.yaml, then: npx hangup run\n`,
  );
  return EXIT.pass;
}

/** Asks on a terminal. Throws UsageError where there is none to ask on. */
async function agreed(address: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(
      `hangup init calls ${address} once, for up to a minute, and there is no terminal to ask on; add --yes to agree`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`hangup will call ${address} once, for up to a minute. Go on? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** What the suite will say of it: its CA as the folder sees it. */
const besideIn = (folder: string, sip: SuiteSip): SuiteSip =>
  sip.ca === undefined ? sip : { ...sip, ca: relative(folder, resolve(sip.ca)) };

async function calledOnce(address: string, sip: SuiteSip, cache: string): Promise<FirstCall | NoCall> {
  const progress = progressTo(process.stderr);
  const ctrlC = interruption();
  const plan = firstPlan();
  const typed = [address, sip.registrar, sip.outboundProxy].map((each) => each && hostIn(each));
  // An address typed here is consent for this call.
  const allow = typed.filter((host) => host !== undefined);
  const venue = { target: address, line: 'sip', time: 'real', faults: [], earWorkers: 1, allow, sip } as const;
  const workshop = await openWorkshop([plan], venue, undefined, cache, progress);
  try {
    progress.step(`calling ${address}`);
    return await firstCall(plan, workshop, ctrlC.signal);
  } finally {
    await workshop.close();
    ctrlC.stop();
  }
}
