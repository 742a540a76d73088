import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../model/errors.ts';
import type { Suite } from '../model/suite.ts';
import { checkedOffice } from './office-ask.ts';

/** A suite and the folder whose personas, scenarios and so on are read too; undefined for a shipped one. */
export interface LoadedSuite {
  readonly suite: Suite;
  readonly beside: string | undefined;
}

const shippedFolder = join(dirname(fileURLToPath(import.meta.url)), 'suites');

/** Loads a shipped suite by name, or a suite file by path; `hangup.config.ts` when nothing is named and it exists, else `demo`. */
export async function loadSuite(name: string | undefined): Promise<LoadedSuite> {
  const asked = name ?? (existsSync('hangup.config.ts') ? 'hangup.config.ts' : 'demo');
  const shipped = join(shippedFolder, `${asked}${extname(fileURLToPath(import.meta.url))}`);
  const file = existsSync(shipped) ? shipped : resolve(asked);
  if (!existsSync(file)) {
    throw new UsageError(
      `there is no suite "${asked}": name a file that default-exports defineSuite({...}), or "demo" or "exam"`,
    );
  }
  let suite: Partial<Suite> | undefined;
  try {
    suite = ((await import(pathToFileURL(file).href)) as { default?: Suite }).default;
  } catch (error) {
    throw new UsageError(`the suite ${file} cannot be read: ${(error as Error).message}; mend it and run again`);
  }
  return { suite: checked(suite, file), beside: file === shipped ? undefined : dirname(file) };
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
    seed: suite.seed ?? 1,
    calls: suite.calls,
    metronome: suite.metronome ?? METRONOMES,
    jobs: suite.jobs ?? (suite.target === 'reference' ? 4 : 1),
    gates: checkedGates(suite.gates ?? [], wrong),
    allow: suite.allow ?? [],
    ...(suite.tables ? { tables: suite.tables } : {}),
    ...(suite.expect === undefined ? {} : { expect: suite.expect }),
    ...(suite.ear === undefined ? {} : { ear: suite.ear }),
    ...(suite.office === undefined ? {} : { office: checkedOffice(suite.office) }),
    ...(suite.before === undefined ? {} : { before: suite.before }),
    ...(suite.check === undefined ? {} : { check: suite.check }),
  };
}
