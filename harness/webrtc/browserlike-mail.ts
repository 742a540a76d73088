import type { Pcm } from '../model/audio.ts';
import type { IceServer } from '../model/line.ts';
import type { Pull } from '../rtp/pulled-leg.ts';

/** To the process of one browser-like call. */
export type ToBrowserlike =
  | {
      readonly do: 'offer';
      readonly channel: string;
      readonly iceServers: readonly IceServer[];
      readonly rate: number;
      readonly zeroNs: bigint;
    }
  | { readonly do: 'settle'; readonly sdp: string }
  | { readonly do: 'supply'; readonly from: number; readonly samples: Pcm }
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'close' };

/** From it. */
export type FromBrowserlike =
  | { readonly what: 'offered'; readonly sdp: string }
  /** The package is not installed. */
  | { readonly what: 'missing' }
  | { readonly what: 'trouble'; readonly sentence: string }
  | ({ readonly what: 'pull' } & Pull)
  | { readonly what: 'state'; readonly state: string }
  | { readonly what: 'channel-closed' }
  | { readonly what: 'said'; readonly label: string; readonly text: string };
