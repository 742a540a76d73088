import { join, relative } from 'node:path';
import { makeupWords } from '../harness/model/makeup.ts';
import type { RunReport } from './report.ts';

/** A run's folder as somebody here would type it. */
export const folderOf = ({ paths }: Pick<RunReport, 'paths'>): string => relative(process.cwd(), paths.run) || '.';

/** A call's folder as somebody here would type it. */
export const callFolderOf = (report: Pick<RunReport, 'paths'>, call: string): string =>
  join(folderOf(report), 'calls', call);

/** The command that places a call of the run again, by the same plan, to the same agent; quoted for a POSIX shell. */
export function replayCommand({ manifest, paths }: Pick<RunReport, 'manifest' | 'paths'>, call: string): string {
  const { target, line, time, faults, manners, makeup = {} } = manifest;
  const usual = time === 'virtual' ? 'loopback' : 'sip';
  return [
    'hangup',
    'dial',
    target,
    '--plan',
    join(callFolderOf({ paths }, call), 'plan.json'),
    ...(time === 'virtual' ? ['--time', 'virtual'] : []),
    ...(line === usual ? [] : ['--line', line]),
    ...(manners === undefined ? [] : ['--manners', manners]),
    ...makeupWords(makeup),
    ...(faults.length > 0 ? ['--fault', ...faults] : []),
  ]
    .map(quoted)
    .join(' ');
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
