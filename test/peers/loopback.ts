import { networkInterfaces } from 'node:os';

/** Whether this machine has the loopback address of IPv6; it cannot be installed, so what needs it is skipped by name. */
export const hasIPv6 = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

if (!hasIPv6) process.stderr.write('not run, this machine has no IPv6 loopback address (::1): see the skipped tests\n');
