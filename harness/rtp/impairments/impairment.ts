import type { Impairments } from '../../model/network.ts';
import type { Chance } from '../../model/seed.ts';

/** What an impairment does to a packet: takes it away, holds it back, has it let the next one past or come twice. */
export type Effect =
  | { readonly does: 'lose'; readonly by: 'loss' | 'blackout' }
  | { readonly does: 'hold'; readonly forMs: number }
  | { readonly does: 'reorder' }
  | { readonly does: 'duplicate' };

/**
 * One kind of impairment in one direction. It is asked for every packet in turn, whatever the others decide, and takes
 * as many draws for each, so that what it decides for packet n depends on its dice and n alone. `at`: ms of the call.
 */
export type Impairment = (at: number) => Effect | undefined;

/** Makes it for a network's settings; undefined when they do not ask for it. */
export type ImpairmentKind = (settings: Impairments, dice: Chance) => Impairment | undefined;
