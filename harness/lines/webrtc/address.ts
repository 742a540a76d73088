import { UsageError } from '../../model/errors.ts';

/** How offer and answer are brought together, by the name it has in an address. */
export type Scheme = 'whip' | 'pipecat' | 'openai' | 'json';

const SCHEMES: readonly Scheme[] = ['whip', 'pipecat', 'openai', 'json'];

/** A place on the web where calls are taken. */
export interface WebRtcAddress {
  /** Undefined for a place that is to take every kind of offer, which can only be listened at. */
  readonly scheme: Scheme | undefined;
  readonly url: URL;
}

/** The address in `text`, e.g. `webrtc+whip:https://agent.example.org/whip`. Throws UsageError when it is none. */
export function mustReadAddress(text: string): WebRtcAddress {
  const [, scheme, url = ''] = /^webrtc(?:\+([a-z]+))?:(https?:\/\/.+)$/i.exec(text) ?? [];
  const known = SCHEMES.find((each) => each === scheme?.toLowerCase());
  if (URL.canParse(url) && (known !== undefined || scheme === undefined)) return { scheme: known, url: new URL(url) };
  throw new UsageError(
    `"${text}" is no WebRTC address; write webrtc+whip:https://host/path, or pipecat, openai or json in place of whip`,
  );
}

/** The address of somebody to call. Throws UsageError when it is none. */
export function mustReadTarget(text: string): WebRtcAddress & { readonly scheme: Scheme } {
  const { scheme, url } = mustReadAddress(text);
  if (scheme !== undefined) return { scheme, url };
  throw new UsageError(
    `${text} does not say how to be called; write webrtc+whip:${url.href}, or pipecat, openai or json`,
  );
}

export const writeAddress = (scheme: Scheme, url: URL): string => `webrtc+${scheme}:${url.href}`;
