import type { Fault } from '../fault.ts';
import { Mouth } from '../mouth.ts';
import { billCall } from './parts/calls.ts';
import { handedOver } from './parts/together.ts';
import { transferring } from './parts/transfer.ts';
import { plain } from '../words.ts';

const WORDS = 'There you are. I have put you through, and they will take good care of you.';

const talksAfterHandoff: Fault = {
  summary: 'goes on talking to her while the desk greets her',
  breaks: ['post_handoff_leak'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts) =>
    transferring(parts, (transfer) => async (handing, world) => {
      const taken = await transfer(handing, world);
      const mouth = new Mouth(parts.voice, parts.choice, world.clock, handing.line.format.rate);
      if (taken) await mouth.say(handing.line, plain(WORDS)).over;
      return taken;
    }),
};

export default talksAfterHandoff;
