import { CODECS, type Codec, type Phone } from '../../model/line.ts';
import type { MediaLeg } from '../../rtp/media-leg.ts';
import type { SipCall } from '../../sip/call.ts';
import type { AgreedMedia, LocalMedia } from '../../sip/description.ts';
import { SipLine } from './line.ts';
import type { Party } from './party.ts';

/** A line in the making: holds what was agreed on until there is a line to tell. */
export class Ends {
  readonly #party: Party;
  readonly #leg: MediaLeg;
  /** Our end as it is described to the other side. */
  readonly local: LocalMedia;
  #agreed: AgreedMedia | undefined;
  #line: SipLine | undefined;

  /** `host` is what the leg is bound to. */
  constructor(party: Party, leg: MediaLeg, host: string) {
    this.#party = party;
    this.#leg = leg;
    this.local = mediaOf(party, leg, host);
  }

  /** Offer and answer settled the media, for the first time or anew. */
  agree(media: AgreedMedia): void {
    this.#agreed = media;
    this.#line?.renegotiated(media);
  }

  /** The call stands: here is its line. */
  join(call: SipCall): SipLine {
    if (!this.#agreed) throw new Error('the call was answered without agreeing on media');
    this.#line = new SipLine(this.#party, call, this.#leg, { agreed: this.#agreed, told: this.local });
    return this.#line;
  }
}

/** What every telephone has. */
const USUAL: readonly Codec[] = ['PCMU', 'PCMA'];

/** Our end of a leg as a description tells it. Whoever calls offers what its phone has; who is called takes more. */
function mediaOf({ role, ctx, mediaAddress }: Party, leg: MediaLeg, host: string): LocalMedia {
  const { codec, otherCodecs = role === 'caller' ? USUAL : CODECS, encrypted }: Phone = ctx.phone;
  return {
    host: mediaAddress ?? host,
    port: leg.localPort,
    codecs: [...new Set([codec, ...otherCodecs])],
    ...(encrypted && { encrypted }),
  };
}
