import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Review } from '../model/metric.ts';

const FILE = 'review.json';

/** Keeps what a listener thought of a call, beside it. A later review replaces it. */
export function writeReview(call: string, review: Review): void {
  writeFileSync(join(call, FILE), `${JSON.stringify({ schema: 'hangup.review/1', ...review }, undefined, 1)}\n`);
}

/** What a listener thought of a call; undefined when nobody said so. */
export function readReview(call: string): Review | undefined {
  const file = join(call, FILE);
  if (!existsSync(file)) return undefined;
  const { verdict, of, note } = JSON.parse(readFileSync(file, 'utf8')) as Review;
  return { verdict, of, ...(note === undefined ? {} : { note }) };
}
