import { UsageError } from '../model/errors.ts';
import { CODECS, withCodecs, withNetwork, type Codec } from '../model/line.ts';
import type { Network } from '../model/network.ts';
import type { Plan } from '../model/plan.ts';

/** The codec somebody calls `name`, in capitals or not. Throws UsageError for one we do not have. */
export function codecNamed(name: string): Codec {
  const codec = CODECS.find((known) => known.toLowerCase() === name.trim().toLowerCase());
  if (codec) return codec;
  throw new UsageError(
    `there is no codec "${name}"; name some of ${CODECS.join(', ').toLowerCase()}, separated by commas`,
  );
}

/** A list of codecs as it is typed, e.g. `g722,pcmu`. Throws UsageError as `codecNamed` does. */
export const codecsNamed = (list: string): readonly Codec[] => list.split(',').map(codecNamed);

/** What every caller of a run phones with, whatever her person says. */
export interface Handsets {
  readonly codecs?: readonly Codec[] | undefined;
  readonly srtp?: 'mandatory' | undefined;
  /** Between her and the agent. */
  readonly network?: Network | undefined;
}

/** The plan from such a handset. A metronome call keeps its own: it checks the instrument. */
export function fromHandset(plan: Plan, { codecs, srtp, network }: Handsets): Plan {
  if (plan.metronome) return plan;
  const handset = codecs && codecs.length > 0 ? withCodecs(plan.phone, codecs) : plan.phone;
  const phone = network ? withNetwork(handset, network) : handset;
  return { ...plan, phone: srtp ? { ...phone, encrypted: true } : phone };
}
