import { UsageError } from '../../model/errors.ts';

/** The name in `loopback:NAME`, perhaps empty. Throws UsageError for another scheme. */
export function nameIn(address: string): string {
  const name = /^loopback:([\w.-]*)$/.exec(address)?.[1];
  if (name === undefined) {
    throw new UsageError(
      `"${address}" is not an address on the loopback line; write loopback:NAME, e.g. loopback:agent`,
    );
  }
  return name;
}

/** `loopback:NAME`. */
export const addressOf = (name: string): string => `loopback:${name}`;
