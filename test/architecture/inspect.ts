import { posix } from 'node:path';
import { onlyThere, registries, rooms, timekeepers, topFloor } from './law.ts';
import type { Room } from './law.ts';

/** A source file as the law sees it: its path from the project's root, with slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g;
const PLAIN_STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;

const IMPORTS: readonly RegExp[] = [
  /(?:^|\n|;)\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"\n]+)['"]/g,
  /(?:^|\n|;)\s*import\s*['"]([^'"\n]+)['"]/g,
  /\bimport\(\s*['"`]([^'"`\n]+)['"`]\s*[,)]/g,
  /\brequire\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  /\bnew URL\(\s*['"](\.[^'"\n]+\.[tj]s)['"]\s*,\s*import\.meta\.url/g,
];

/** What a file imports, in any form: static, type-only, dynamic, a worker's URL. */
export function importsOf(text: string): readonly string[] {
  const code = text.replace(COMMENT, '');
  return IMPORTS.flatMap((form) => [...code.matchAll(form)].map((found) => found[1] ?? ''));
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The room a file lives in: the deepest folder of the law that holds it. */
function roomOf(path: string): Room | undefined {
  return rooms
    .filter((room) => within(path, room.folder))
    .sort((a, b) => b.folder.length - a.folder.length)
    .at(0);
}

/** Sentences that say where `source` breaks the import law or the package law. */
export function importBreaches(source: Source): readonly string[] {
  const room = roomOf(source.path);
  if (!room) return [`${source.path} lies in no room of the law: add its folder to test/architecture/law.ts`];
  return importsOf(source.text).flatMap((name) => {
    if (name.startsWith('.')) {
      return projectBreach(source.path, room, posix.join(posix.dirname(source.path), name));
    }
    return packageBreach(source.path, room, name);
  });
}

function projectBreach(path: string, room: Room, target: string): readonly string[] {
  const theirs = roomOf(target)?.folder ?? target;
  if (theirs === room.folder || target === 'package.json') return [];
  const top = topFloor.some((floor) => within(target, floor));
  const allowed = room.may.some((place) => place === '*' || place === target || within(theirs, place));
  if (allowed && (!top || topFloor.includes(room.folder))) return [];
  return [`${path} imports ${target}: ${room.folder} may import only ${room.may.join(', ') || 'nothing'}`];
}

function packageBreach(path: string, room: Room, name: string): readonly string[] {
  if (/^(node:)?(timers|perf_hooks)(\/|$)/.test(name) && !timekeepers.some((door) => door.test(path))) {
    return [`${path} imports ${name}: time comes in through Clock`];
  }
  if (room.strict) return [`${path} imports ${name}: ${room.folder} is pure and imports no package`];
  const home = Object.entries(onlyThere).find(([owned]) =>
    owned.endsWith('/') ? name.startsWith(owned) : within(name, owned),
  );
  if (!home || home[1].some((folder) => within(path, folder))) return [];
  return [`${path} imports ${name}: only ${home[1].join(', ')} may`];
}

const TIME =
  /(?<![\w$.'-])(?:globalThis\s*\.\s*)?(?:new\s+Date\b|Date\s*[.(]|performance\s*\.|setTimeout\b|setInterval\b|process\s*\.\s*hrtime\b|AbortSignal\s*\.\s*timeout\b|Math\s*\.\s*random\b)/g;

/** Where `source` takes time or chance by the back door. */
export function timeBreaches(source: Source): readonly string[] {
  if (timekeepers.some((door) => door.test(source.path))) return [];
  const code = source.text.replace(COMMENT, '').replace(PLAIN_STRING, "''");
  return [...code.matchAll(TIME)].map(
    ([found]) => `${source.path} names ${found.trim()}: time comes from Clock, chance from chance(seed)`,
  );
}

/** Where a registry's file has not exactly one default export. */
export function registryBreaches(source: Source): readonly string[] {
  if (!registries.includes(posix.dirname(source.path))) return [];
  const defaults = [...source.text.replace(COMMENT, '').matchAll(/(?:^|\n)export default\b/g)].length;
  return defaults === 1 ? [] : [`${source.path} has ${defaults} default exports: a registry's file has one`];
}

/** Whether a path has a folder or file that is nobody's noun. */
export function drawerBreaches(path: string): readonly string[] {
  const drawer = path.split('/').find((part) => /^(utils?|helpers?|misc|managers?)(\.ts)?$/i.test(part));
  return drawer ? [`${path} lies in ${drawer}: a helper lives with its noun, or is one`] : [];
}
