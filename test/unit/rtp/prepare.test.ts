import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { parsePacket } from '../../../harness/rtp/packet.ts';
import { RtpLeg } from '../../../harness/rtp/rtp-leg.ts';

const legOf = (codec: 'G722' | 'PCMU', payloadType: number): RtpLeg =>
  new RtpLeg(
    {
      codec,
      payloadType,
      rate: 8_000,
      keys: undefined,
      accepts: { codecs: { [payloadType]: codec }, events: [] },
      seed: 3,
    },
    ms(0),
  );

/** Payloads and due times of ten packets, coded ahead or when they are due. */
function tenOf(leg: RtpLeg, isAhead: boolean): readonly unknown[] {
  leg.obey({ do: 'play', id: 1, startAt: ms(50) });
  leg.obey({ do: 'feed', id: 1, samples: new Int16Array(800).fill(4_000) });
  return Array.from({ length: 10 }, () => {
    if (isAhead) leg.prepare();
    const due = leg.nextDue;
    return [due, ...leg.tick(due).map((bytes) => parsePacket(bytes)?.payload)];
  });
}

test('a packet coded ahead is the one that would have been coded when due, and is due when that was', () => {
  expect(tenOf(legOf('G722', 9), true)).toEqual(tenOf(legOf('G722', 9), false));
  expect(tenOf(legOf('PCMU', 0), true)).toEqual(tenOf(legOf('PCMU', 0), false));
});

test('what is cut while a packet lies ready stops with the packet after it', () => {
  const leg = legOf('G722', 9);
  leg.obey({ do: 'play', id: 1, startAt: undefined });
  leg.obey({ do: 'feed', id: 1, samples: new Int16Array(8_000).fill(4_000) });
  leg.tick(leg.nextDue);
  leg.prepare();
  leg.obey({ do: 'cut', id: 1 });
  leg.tick(leg.nextDue);
  leg.tick(leg.nextDue);
  const news = leg.takeNews();
  const left = news.reduce((sum, piece) => sum + (piece.what === 'left' ? piece.samples : 0), 0);
  expect(left).toBe(320);
  expect(news).toContainEqual({ what: 'over', id: 1, samples: 320, cut: true });
});
