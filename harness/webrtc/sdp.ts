import type { Candidate, Format } from './mail.ts';

/** The audio of a session description (RFC 8866), as far as it concerns us. */
export interface AudioSection {
  readonly mid: string;
  /** False for a section that was refused (port 0), or in which nothing may flow. */
  readonly isActive: boolean;
  /** In the other side's order. */
  readonly formats: readonly Format[];
}

/** Names of payload types that need no `a=rtpmap` (RFC 3551 table 4). */
const STATIC: Readonly<Record<number, string>> = { 0: 'PCMU/8000', 8: 'PCMA/8000', 9: 'G722/8000' };

/** The first audio section of `sdp`; undefined when it has none. */
export function audioIn(sdp: string): AudioSection | undefined {
  const lines = sdp.split(/\r?\n/);
  const from = lines.findIndex((line) => line.startsWith('m=audio '));
  if (from < 0) return undefined;
  const next = lines.findIndex((line, i) => i > from && line.startsWith('m='));
  const section = lines.slice(from, next < 0 ? undefined : next);
  const [, port = '0', , ...numbers] = (section[0] as string).split(' ');
  const valueOf = (name: string): string | undefined =>
    section.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
  const isBundledOnly = section.includes('a=bundle-only');
  return {
    mid: valueOf('mid') ?? '0',
    isActive: (port !== '0' || isBundledOnly) && !section.includes('a=inactive'),
    formats: numbers.map(Number).flatMap((payloadType) => formatOf(payloadType, section) ?? []),
  };
}

/**
 * The description with the formats of each section told in the order of its preference; some go by that, and not by the
 * numbers in the m-line.
 */
export const inOrder = (sdp: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .map(sectionInOrder)
    .join('');

function sectionInOrder(section: string): string {
  const isFormat = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /;
  const lines = section.split(/(?<=\n)/);
  const [, , , ...numbers] = (lines[0] ?? '').trim().split(' ');
  const first = lines.findIndex((line) => isFormat.test(line));
  if (first < 0) return section;
  const place = (line: string): number => numbers.indexOf(isFormat.exec(line)?.[1] ?? '');
  const formats = lines.filter((line) => isFormat.test(line)).toSorted((a, b) => place(a) - place(b));
  const others = (line: string): boolean => !isFormat.test(line);
  return [...lines.slice(0, first), ...formats, ...lines.slice(first).filter(others)].join('');
}

/** The candidates in a description, or in a fragment of one (RFC 8840). */
export function candidatesIn(sdp: string): readonly Candidate[] {
  return sdp.split(/^(?=m=)/m).flatMap((section) => {
    const mid = /^a=mid:(.*)$/m.exec(section)?.[1]?.trim() ?? '0';
    return [...section.matchAll(/^a=(candidate:.*)$/gm)].map(([, found = '']) => ({ candidate: found.trim(), mid }));
  });
}

/** The description without its candidates, as if they were still to come. */
export const withoutCandidates = (sdp: string): string =>
  sdp.replaceAll(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '');

function formatOf(payloadType: number, section: readonly string[]): Format | undefined {
  const said = (name: string): string | undefined => {
    const start = `a=${name}:${payloadType} `;
    return section.find((line) => line.startsWith(start))?.slice(start.length);
  };
  const encoding = said('rtpmap') ?? STATIC[payloadType];
  const parameters = said('fmtp');
  return encoding === undefined
    ? undefined
    : { payloadType, encoding, ...(parameters !== undefined && { parameters }) };
}
