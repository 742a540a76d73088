import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../model/errors.ts';
import { checkedWebRtc } from './suite-webrtc.ts';
import { checkedMatrix } from './matrix.ts';
import { checkedSip } from './suite-sip.ts';
import { codecNamed } from './codecs.ts';
import { networkComplaint } from './network.ts';
import type { Cost, RunManifest } from '../model/run.ts';
import type { Network } from '../model/network.ts';
import type { Suite } from '../model/suite.ts';
import { checkedOffice, checkedOtlp } from './office-ask.ts';
import { importOwn } from './own/import.ts';

/** A suite and the folder whose personas, scenarios and so on are read too; undefined for a shipped one. */
export interface LoadedSuite {
  readonly suite: Suite;
  readonly beside: string | undefined;
}

const shippedFolder = join(dirname(fileURLToPath(import.meta.url)), 'suites');

const shippedFile = (name: string): string => join(shippedFolder, `${name}${extname(fileURLToPath(import.meta.url))}`);
const isShipped = (name: string): boolean => existsSync(shippedFile(name));

/** Loads a shipped suite by name, or a suite file by path; `hangup.config.ts` when nothing is named and it exists, else `demo`. */
export async function loadSuite(name: string | undefined): Promise<LoadedSuite> {
  const asked = name ?? (existsSync('hangup.config.ts') ? 'hangup.config.ts' : 'demo');
  const shipped = shippedFile(asked);
  const file = existsSync(shipped) ? shipped : resolve(asked);
  if (!existsSync(file)) {
    throw new UsageError(
      `there is no suite "${asked}": name a file that default-exports defineSuite({...}), or "demo", "exam" or "brains"`,
    );
  }
  let suite: Partial<Suite> | undefined;
  try {
    suite = ((await importOwn(file)) as { default?: Suite }).default;
  } catch (error) {
    throw new UsageError(`the suite ${file} cannot be read: ${(error as Error).message}; mend it and run again`);
  }
  return { suite: checked(suite, file), beside: file === shipped ? undefined : dirname(file) };
}

/**
 * The suite a stored run was made with: as named, else the shipped one of its name, else the file in this folder.
 * Throws UsageError when that is another suite.
 */
export async function suiteOf(run: RunManifest, named: string | undefined): Promise<LoadedSuite> {
  const loaded = await loadSuite(named ?? (isShipped(run.suite) ? run.suite : undefined));
  if (loaded.suite.name === run.suite) return loaded;
  throw new UsageError(
    `${run.id} is of the suite "${run.suite}" and "${loaded.suite.name}" was found; name its file: hangup run FILE ...`,
  );
}
function checkedGates(gates: Suite['gates'], wrong: (what: string) => UsageError): Suite['gates'] {
  if (gates === 'starter' || Array.isArray(gates)) return gates;
  throw wrong("has gates that are no list; write gates: [{ metric, of, limit }], or gates: 'starter'");
}

/** A run whose instrument nobody checked gets no verdict. */
const METRONOMES = 2;

function checked(suite: Partial<Suite> | undefined, file: string): Suite {
  const wrong = (what: string): UsageError => new UsageError(`the suite ${file} ${what}`);
  if (typeof suite !== 'object') throw wrong('has no default export; write export default defineSuite({...})');
  if (!Array.isArray(suite.calls) || suite.calls.length === 0) throw wrong('has no calls; add { persona, scenario }');
  if (typeof suite.target !== 'string') throw wrong('has no target; write "reference" or an address');
  return {
    name: suite.name ?? 'suite',
    target: suite.target,
    line: suite.line ?? 'sip',
    ...(suite.codecs ? { codecs: suite.codecs.map((codec) => codecNamed(codec)) } : {}),
    ...(suite.srtp ? { srtp: suite.srtp } : {}),
    ...(suite.network ? { network: checkedNetwork(suite.network, wrong) } : {}),
    seed: suite.seed ?? 1,
    ...(suite.matrix ? { matrix: checkedMatrix(suite.matrix, wrong) } : {}),
    calls: suite.calls,
    metronome: suite.metronome ?? METRONOMES,
    jobs: suite.jobs ?? (suite.target === 'reference' ? 4 : 1),
    gates: checkedGates(suite.gates ?? [], wrong),
    allow: suite.allow ?? [],
    ...(suite.tables ? { tables: suite.tables } : {}),
    ...(suite.sip ? { sip: checkedSip(suite.sip, wrong) } : {}),
    ...(suite.webrtc ? { webrtc: checkedWebRtc(suite.webrtc, wrong) } : {}),
    ...(suite.expect === undefined ? {} : { expect: suite.expect }),
    ...(suite.ear === undefined ? {} : { ear: suite.ear }),
    ...(suite.office === undefined ? {} : { office: checkedOffice(suite.office) }),
    ...(suite.otlp === undefined ? {} : { otlp: checkedOtlp(suite.otlp) }),
    ...(suite.before === undefined ? {} : { before: suite.before }),
    ...(suite.check === undefined ? {} : { check: suite.check }),
    ...(suite.cost ? { cost: checkedCost(suite.cost, wrong) } : {}),
    ...(suite.maxCallMinutes === undefined ? {} : { maxCallMinutes: checkedMinutes(suite.maxCallMinutes, wrong) }),
  };
}

function checkedCost({ perMinute, currency }: Cost, wrong: (what: string) => UsageError): Cost {
  if (Number.isFinite(perMinute) && perMinute >= 0 && /^[A-Z]{3}$/.test(currency)) return { perMinute, currency };
  throw wrong(`has a cost nobody can count; write cost: { perMinute: 0.09, currency: 'USD' }`);
}

function checkedNetwork(network: Network, wrong: (what: string) => UsageError): Network {
  const complaint = networkComplaint(network);
  if (complaint === undefined) return network;
  throw wrong(`has a network that cannot be: ${complaint}; write network: { loss: 0.05, burst: 3, jitterMs: 40 }`);
}

function checkedMinutes(minutes: number, wrong: (what: string) => UsageError): number {
  if (Number.isFinite(minutes) && minutes > 0) return minutes;
  throw wrong('has a maxCallMinutes that is no number of minutes above 0; write maxCallMinutes: 5');
}
