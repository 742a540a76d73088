/** The verdict inside a NOTIFY about a transfer (RFC 3420). */
export interface Sipfrag {
  readonly status: number;
  readonly phrase: string;
}

/** Reads a status line; undefined when the body is something else. */
export function readSipfrag(body: string): Sipfrag | undefined {
  const found = /^\s*SIP\/2\.0 (\d{3})[ \t]*([^\r\n]*)/.exec(body);
  return found ? { status: Number(found[1]), phrase: (found[2] ?? '').trim() } : undefined;
}

/** Writes a status line. */
export const writeSipfrag = ({ status, phrase }: Sipfrag): string => `SIP/2.0 ${status} ${phrase}\r\n`;
