import type { LineKind, Transport } from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import type { DeskSpeech } from '../../office/desk-voice.ts';
import { openDesks } from '../../office/desks.ts';
import { serveOffice } from '../../office/http.ts';
import type { ListenAt } from '../../office/door.ts';
import type { OfficeServer } from '../../office/http.ts';
import { openOffice } from '../../office/office.ts';
import type { Office } from '../../office/office.ts';

/** The office as agents in other processes find it: its door, and its desks on the line. */
export interface Front {
  readonly office: Office;
  readonly door: OfficeServer;
  close(): Promise<void>;
}

/** Opens the office, its door at `at` (a free port of 127.0.0.1 without), and its desks on `transport`. */
export async function openFront(
  kind: LineKind,
  transport: Transport,
  clock: Clock,
  speech: DeskSpeech,
  at?: ListenAt,
): Promise<Front> {
  const { at: addressOf } = kind;
  if (!addressOf) throw new Error('nobody can be called on this line, so its desks cannot either');
  const office = openOffice(clock);
  const door = await serveOffice(office, at);
  const desks = await openDesks(transport, office, speech, clock, {
    at: (name) => addressOf(name, 0),
    // The discard port (RFC 863): nobody serves it any more.
    nowhere: (name) => addressOf(name, 9),
  });
  return {
    office,
    door,
    close: async () => {
      await desks.close();
      await door.close();
    },
  };
}
