import type { Ms } from '../../harness/model/time.ts';
import { grow } from '../floor/burst.ts';
import type { Frame } from '../floor/burst.ts';
import type { Burst } from '../floor/state.ts';
import type { Manners } from '../manners.ts';

/**
 * Whether the agent is silent for a moment because somebody sounds over it: `held` until the server has judged whether
 * that is a turn; `wary` when it was none, and is still sounding.
 */
export interface Hush {
  readonly mode: 'open' | 'held' | 'wary';
  readonly burst: Burst | undefined;
  readonly heldAt: Ms | undefined;
}

export const openHush: Hush = { mode: 'open', burst: undefined, heldAt: undefined };

/** A server that has said nothing by then does not take it for a turn, ms. Longer, and the pause would be a stop. */
const JUDGED_MS = 660;

/** One frame that sounded over the agent: what becomes of its silence, and what it is to do. Pure. */
export function hearOver(hush: Hush, frame: Frame, manners: Manners): readonly [Hush, 'hold' | 'go-on' | undefined] {
  if (hush.mode === 'held') {
    const judged = frame.at - (hush.heldAt ?? frame.at) >= JUDGED_MS;
    return judged ? [{ ...hush, mode: 'wary' }, 'go-on'] : [hush, undefined];
  }
  const gapMs = hush.mode === 'wary' ? manners.burstGapMs * 2 : manners.burstGapMs;
  const burst = grow(hush.burst, frame, manners, gapMs);
  if (hush.mode === 'wary') return [burst ? { ...hush, burst } : openHush, undefined];
  const loudMs = (burst?.loudMs ?? 0) + (burst?.clearMs ?? 0);
  if (loudMs < manners.bargeInMs) return [{ ...hush, burst }, undefined];
  return [{ mode: 'held', burst, heldAt: frame.at }, 'hold'];
}
