import { CallFault } from '../../model/errors.ts';
import { networkOf, type Phone } from '../../model/line.ts';

/** Throws CallFault for a plan whose phone has a network that packets of `line` do not pass through. */
export function mustBeUnimpaired(phone: Phone, line: string): void {
  const asked = Object.entries(networkOf(phone)).filter(([, value]) => value !== 0 && value !== undefined);
  if (asked.length === 0) return;
  const names = asked.map(([name]) => name).join(', ');
  throw new CallFault(
    'network',
    `the ${line} line cannot impair its packets, and the plan asks for ${names}; use --line webrtc for it`,
  );
}
