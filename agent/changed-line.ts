import type { Line } from '../harness/model/line.ts';

/** The line with some of its ways changed. */
export const changedLine = (line: Line, changes: Partial<Pick<Line, 'play' | 'incoming' | 'transfer'>>): Line => ({
  format: line.format,
  incoming: changes.incoming ?? line.incoming,
  ended: line.ended,
  play: changes.play ?? ((chunks, startAt) => line.play(chunks, startAt)),
  sendKey: (key) => line.sendKey(key),
  ...(line.sendMessage && { sendMessage: (text: string) => line.sendMessage?.(text) }),
  transfer: changes.transfer ?? ((to, context, replacing) => line.transfer(to, context, replacing)),
  hangUp: () => line.hangUp(),
  leg: () => line.leg(),
});
