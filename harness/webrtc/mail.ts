import type { IceServer } from '../model/line.ts';

/** What a peer connection is opened with. */
export interface PeerPlan {
  readonly iceServers: readonly IceServer[];
  /** Local address to gather candidates on; every one without. */
  readonly bind?: string;
  /** Only paths through a TURN server count. */
  readonly relayOnly?: true;
}

/** One way to send audio, or keys, as the description numbers it. */
export interface Format {
  readonly payloadType: number;
  /** As `a=rtpmap` has it, e.g. `opus/48000/2`. */
  readonly encoding: string;
  /** As `a=fmtp` has it. */
  readonly parameters?: string;
}

/** Our audio as the description tells it. */
export interface AudioPlan {
  /** `a=mid` of its m-line. */
  readonly mid: string;
  /** In order of preference. */
  readonly formats: readonly Format[];
  readonly ssrc: number;
}

/** A candidate and the m-line it belongs to. */
export interface Candidate {
  /** `candidate:...`, without `a=`. */
  readonly candidate: string;
  readonly mid: string;
}

/** From the main process to a peer connection. */
export type PeerOrder =
  /** Describe ourselves; `channel` is the label of the data channel we open. */
  | { readonly do: 'offer'; readonly audio: AudioPlan; readonly channel: string | undefined }
  /** Describe ourselves to somebody who described themselves with `sdp`. */
  | { readonly do: 'answer'; readonly sdp: string; readonly audio: AudioPlan }
  /** The other side's answer to our offer. */
  | { readonly do: 'settle'; readonly sdp: string }
  | ({ readonly do: 'candidate' } & Candidate)
  | { readonly do: 'say'; readonly text: string };

/** From a peer connection to the main process. */
export type PeerNews =
  /** Our description without candidates, then each candidate, then the whole once no more will follow. */
  | { readonly what: 'described'; readonly sdp: string }
  | ({ readonly what: 'candidate' } & Candidate)
  | { readonly what: 'gathered'; readonly sdp: string }
  /** Audio can flow. */
  | { readonly what: 'open' }
  | { readonly what: 'path'; readonly state: string }
  | { readonly what: 'state'; readonly state: string }
  | { readonly what: 'channel-open'; readonly label: string }
  | { readonly what: 'channel-closed' }
  | { readonly what: 'said'; readonly label: string; readonly text: string }
  /** An order that could not be carried out. */
  | { readonly what: 'trouble'; readonly sentence: string };
