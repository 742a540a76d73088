import { loadSuite } from '../../run/suite.ts';
import { besideHere } from '../common.ts';
import { text } from '../numbers.ts';
import { UsageError } from '../../model/errors.ts';
import {
  attacks,
  brains,
  ears,
  faults,
  habits,
  lines,
  manners,
  metrics,
  people,
  places,
  scenarios,
  voices,
  wholes,
} from '../../run/registry.ts';

interface Listed {
  readonly summary: string;
}

const REGISTRIES: Readonly<Record<string, (beside?: string) => Promise<ReadonlyMap<string, Listed>>>> = {
  personas: people,
  scenarios,
  attacks,
  habits,
  places,
  lines,
  metrics,
  faults,
  manners,
  voices,
  ears,
  brains,
  wholes,
};

/** `hangup list WHAT`: the entries of one registry with a sentence each, those beside a suite among them. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const what = String(args[0]);
  const load = REGISTRIES[what];
  if (!load) throw new UsageError(`"${what}" cannot be listed; say one of ${Object.keys(REGISTRIES).join(', ')}`);
  const suite = text(options, 'suite');
  const beside = suite === undefined ? besideHere() : (await loadSuite(suite)).beside;
  const rows = [...(await load(beside))].map(([name, { summary }]) => ({ name, summary }));
  if (options['json']) {
    process.stdout.write(`${JSON.stringify({ schema: 'hangup.list/1', what, entries: rows })}\n`);
    return 0;
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, summary } of rows) process.stdout.write(`${name.padEnd(width)}  ${summary}\n`);
  return 0;
}
