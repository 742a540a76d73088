/** What a network does to the packets of one direction. All of it is drawn from the call's seed. */
export interface Impairments {
  /** Share of packets lost, 0 to 1. */
  readonly loss: number;
  /**
   * Mean number of packets lost in a row, at least 1 (Gilbert's two states: all is lost in the bad one, nothing in the
   * good one; `loss` is the share of both together). Left out: every packet for itself.
   */
  readonly burst?: number;
  /** Every packet is held back by this, ms. */
  readonly delayMs?: number;
  /** Every packet is held back by 0 to this more, ms: the range of the packet delay variation (RFC 5481 section 4.2). */
  readonly jitterMs?: number;
  /** How it is drawn: every value alike, or `tailed`: most are short (exponential, a seventh of `jitterMs` in the mean). */
  readonly jitter?: 'even' | 'tailed';
  /** `free`: a packet that is held back shorter overtakes. Left out, they keep their order, as in a queue. */
  readonly order?: 'free';
  /** Share of packets that let the next one past. */
  readonly reorder?: number;
  /** Share of packets that come twice. */
  readonly duplicate?: number;
  /** When nothing gets through. */
  readonly blackouts?: readonly Blackout[];
}

/** In ms of the call, from its first packet on. `everyMs`: not at 0, but from each multiple on, for so long. */
export type Blackout =
  { readonly fromMs: number; readonly toMs: number } | { readonly everyMs: number; readonly forMs: number };

/** The network a call's packets go through, below the codec. Seeded and logged. */
export interface Network extends Impairments {
  /** Only what this end sends (`out`), or only what it gets (`in`), is impaired so. Left out: both, each with its own dice. */
  readonly way?: 'out' | 'in';
  /** With a `way`: what happens the other way. Left out, nothing. */
  readonly back?: Impairments;
}

/** A network that does nothing. */
export const CLEAN: Network = { loss: 0 };

/** What became of one packet in an impaired network. All but `delayMs` depend on the seed and on `n` alone, blackouts aside. */
export interface Fate {
  readonly direction: 'out' | 'in';
  /** Counts the packets of its direction from 0; what is not RTP counts for itself. */
  readonly n: number;
  /** RTP sequence number, -1 for what is not RTP. */
  readonly seq: number;
  readonly lost: boolean;
  /** What lost it. */
  readonly by?: 'loss' | 'blackout';
  /** What was drawn for it: the delay and its jitter, ms. */
  readonly heldMs?: number;
  /** How long it was held back, ms: in a queue also for those before it. */
  readonly delayMs?: number;
  /** It let the next one past. */
  readonly reordered?: true;
  /** It came twice. */
  readonly duplicated?: true;
}
