import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallEvent } from '../../harness/model/record.ts';

/** What was recorded of a call in `folder`, in order; none where nothing was. The first line of the file is the call's head. */
export function eventsOf(folder: string): readonly CallEvent[] {
  const path = join(folder, 'events.jsonl');
  if (!existsSync(path)) return [];
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as CallEvent);
}
