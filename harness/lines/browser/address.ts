import { UsageError } from '../../model/errors.ts';

/** A page that calls, or a WHIP address that a page of our own calls. */
export interface BrowserAddress {
  readonly kind: 'page' | 'whip';
  readonly url: URL;
}

/** The address in `text`, e.g. `browser+https://agent.example.org/talk`. Throws UsageError when it is none. */
export function mustReadAddress(text: string): BrowserAddress {
  const [, scheme = '', url = ''] = /^(browser\+|webrtc\+whip:)(https?:\/\/.+)$/i.exec(text) ?? [];
  if (URL.canParse(url)) return { kind: scheme === 'browser+' ? 'page' : 'whip', url: new URL(url) };
  throw new UsageError(
    `"${text}" is no address for a browser; write browser+https://host/page, or webrtc+whip:https://host/path`,
  );
}
