import { after, ms, type Clock } from '../model/time.ts';
import { placeIn, type Destination } from './destination.ts';
import { NotPlaced } from './not-placed.ts';
import { troubleWith } from './trouble.ts';
import { refusesUdp } from './udp.ts';

/** Without any answer for this long, we ask the host whether anybody listens there at all. */
const PROBE_AFTER = ms(200);

/** A request that waits for its first answer. */
export interface Waiting {
  readonly clock: Clock;
  readonly hop: Destination;
  /** Aborted when it is decided, one way or the other. */
  readonly settled: AbortSignal;
  /** Whether anything has come back at all. */
  heard(): boolean;
}

/** Rejects with NotPlaced when the host says that nobody listens on the port; never settles otherwise. Streams say so by themselves. */
export async function knock({ clock, hop, settled, heard }: Waiting): Promise<never> {
  const never = new Promise<never>(() => undefined);
  if (hop.protocol !== 'udp') return never;
  await clock.sleepUntil(after(clock.now(), PROBE_AFTER), settled);
  if (heard() || settled.aborted || !(await refusesUdp(hop.host, hop.port, settled))) return never;
  throw troubleWith(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), hop);
}

/** What is said when `hop` kept silent for `seconds`. */
export const silence = (hop: Destination, seconds: number): NotPlaced =>
  new NotPlaced(
    'silent',
    0,
    `nothing came back from ${placeIn(hop)} within ${seconds} s; check the address and the firewalls`,
  );
