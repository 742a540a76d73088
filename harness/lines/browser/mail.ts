import type { Stretch } from '../../rtp/pulled-leg.ts';

/** What the page did that concerns the call. */
export type Sight =
  | { readonly what: 'microphone'; readonly allowed: boolean }
  /** The page is not in a secure context: it has no microphone to ask for. */
  | { readonly what: 'insecure' }
  | { readonly what: 'track' }
  | { readonly what: 'state'; readonly state: RTCPeerConnectionState }
  | { readonly what: 'channel-closed' }
  | { readonly what: 'said'; readonly label: string; readonly text: string };

/** One exchange with the line, as the page saw it: the first that says how their clocks lie to each other. */
export interface Exchange {
  readonly askedAt: number;
  readonly answeredAt: number;
  /** The line's clock in between; 0 as long as there was none. */
  readonly lineAt: number;
}

/** A frame's report: positions on the audio context's clock, instants on the page's, samples as base64. */
export interface PagePull {
  readonly position: number;
  readonly at: number;
  readonly missed: readonly Stretch[];
  readonly stale: readonly Stretch[];
  readonly heard?: string;
  readonly last: Exchange;
}

export type FromPage = ({ readonly kind: 'pull' } & PagePull) | { readonly kind: 'sight'; readonly sight: Sight };

/** The next samples of the microphone. */
export interface ToPage {
  readonly from: number;
  readonly samples: string;
  readonly lineAt: number;
}
