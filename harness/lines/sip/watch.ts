import type { Ending } from '../../model/line.ts';
import { after, ms, type Clock } from '../../model/time.ts';
import type { Remote } from '../../rtp/mail.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';

/** Answered, and not one packet of audio for this long: nobody will ever be heard. */
const NO_MEDIA_AFTER = ms(5_000);

/** Audio that stopped for this long will not come back. */
const MEDIA_LOST_AFTER = ms(20_000);

/** What the silence of the wire means. */
export type Silence = Pick<Ending, 'reason' | 'detail'>;

/** What the watch looks at. */
export interface Watched {
  readonly clock: Clock;
  readonly leg: Pick<MediaLeg, 'firstHeardAt' | 'lastHeardAt' | 'ignoredPayloadType' | 'isUnreadable'>;
  /** What to think of, and to do, when nothing comes at all. */
  readonly advice: string;
  /** Aborted when the line has ended. */
  readonly over: AbortSignal;
  /** The other side said that it would be silent. */
  held(): boolean;
}

/** Resolves when the media has been silent for too long; undefined when the line ended before. */
export async function watchMedia({ clock, leg, advice, over, held }: Watched): Promise<Silence | undefined> {
  const begun = clock.now();
  let excused = begun;
  await clock.sleepUntil(after(begun, NO_MEDIA_AFTER), over);
  if (!over.aborted && leg.firstHeardAt === undefined) return { reason: 'no-media', detail: whyUnheard(leg, advice) };
  while (!over.aborted) {
    if (held()) excused = clock.now();
    const deadline = after(ms(Math.max(leg.lastHeardAt ?? begun, excused)), MEDIA_LOST_AFTER);
    if (deadline <= clock.now()) {
      return { reason: 'media-lost', detail: `no audio came for ${MEDIA_LOST_AFTER / 1000} s` };
    }
    // Once a second, so that a hold in between is noticed.
    await clock.sleepUntil(ms(Math.min(deadline, clock.now() + 1_000)), over);
  }
  return undefined;
}

/** Advice for media that goes to an address the other side was told. */
export const adviceOn = ({ host, port }: Remote): string =>
  `the other side was told to send it to ${host} UDP port ${port}; ` +
  'if it cannot reach that, open the firewall for it, or name an address it can reach with --media-address';

function whyUnheard({ ignoredPayloadType, isUnreadable }: Watched['leg'], advice: string): string {
  const seconds = NO_MEDIA_AFTER / 1000;
  if (isUnreadable) return `answered, but ${seconds} s of audio came that the key agreed on does not open`;
  if (ignoredPayloadType !== undefined) {
    return `answered, but ${seconds} s of audio came as RTP payload type ${ignoredPayloadType}, which nobody offered`;
  }
  return `answered, but no audio came for ${seconds} s: ${advice}`;
}
