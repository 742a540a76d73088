import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Page } from '../harness/model/line.ts';

const folder = new URL('page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file of the page: its name alone, so that nobody climbs out of the folder. */
const FILE = /^\/([a-z-]+\.[a-z]+)$/;

/** The page on which a person talks with the agent in a browser, file by file, at the root of its web server. */
export async function talkPage(path: string): Promise<Page | undefined> {
  const name = path === '/' ? 'index.html' : FILE.exec(path)?.[1];
  const type = TYPES[extname(name ?? '')];
  if (name === undefined || type === undefined) return undefined;
  const body = await readFile(new URL(name, folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return body && { type, body };
}
