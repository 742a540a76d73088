import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import { UsageError } from '../../model/errors.ts';
import { complaintAbout, sentenceOf } from './complaint.ts';
import type { Complaint } from './complaint.ts';

/** A YAML file (1.2, one document) and where in it each value stands. */
export interface WrittenFile {
  readonly value: unknown;
  /** The complaint as one sentence with file, line and column. */
  refuse(complaint: Complaint): UsageError;
}

/** No scenario is longer; a longer file is something else. */
const MOST_BYTES = 1_000_000;

/** Reads `file`. Throws UsageError with file, line and column for what is not YAML, or not one mapping. */
export function readWritten(file: string): WrittenFile {
  const text = readFileSync(file, 'utf8');
  if (text.length > MOST_BYTES) throw new UsageError(`${file}: is longer than a megabyte; it holds one description`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new UsageError(`${at(error.pos[0])}: ${sentenceOn(error, text)}`);
  if (document.contents === null) {
    throw new UsageError(`${file}:1:1: the file is empty; begin with summary: what it is about`);
  }
  const value = valueOf(document, file);
  if (!isMap(document.contents)) {
    const where = at(document.contents.range?.[0] ?? 0);
    throw new UsageError(
      `${where}: expected keys and values, got ${Array.isArray(value) ? 'a list' : 'a text'}; begin with summary: what it is about`,
    );
  }
  return {
    value,
    refuse: (complaint) => new UsageError(`${at(offsetOf(document, complaint))}: ${sentenceOf(complaint)}`),
  };
}

/** What `file` holds, as `type` has it. Throws UsageError with file, line and column where it differs. */
export function checkedBy<T extends z.ZodType>(type: T, file: WrittenFile): z.output<T> {
  const complaint = complaintAbout(type, file.value);
  if (complaint) throw file.refuse(complaint);
  return type.parse(file.value);
}

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(`${file}: an alias cannot be followed (${(error as Error).message}); write the value out`);
  }
}

/** Offset of the value at `path`, or of its key; of the nearest thing around it where it is not there. */
function offsetOf(document: Document, { path, atKey }: Complaint): number {
  const parent = document.getIn(path.slice(0, -1), true) ?? document.contents;
  if (atKey && isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
  }
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: readonly [number, ...number[]] } | undefined)?.range;
    if (range) return range[0];
  }
  return 0;
}

/** A parser's complaint in plain words. */
function sentenceOn({ code, message, pos }: YAMLError, text: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab indents this line; use spaces, YAML takes no tabs';
    case 'DUPLICATE_KEY':
      return `the key "${/^[^:\n]*/.exec(text.slice(pos[0]))?.[0] ?? ''}" stands here twice; keep one of them`;
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; keep one a file, and take out the ---';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second colon stands in this line; put the text in quotes';
    case 'TAG_RESOLVE_FAILED':
      return 'a tag (!) stands here; write the value without it';
    default:
      return `this is not YAML: ${message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}; mend this line`;
  }
}
