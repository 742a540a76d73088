import type { UsageError } from '../model/errors.ts';
import type { FromEnvironment, SuiteSip } from '../model/suite.ts';

const KNOWN: Readonly<Record<keyof SuiteSip, true>> = {
  user: true,
  password: true,
  registrar: true,
  outboundProxy: true,
  ca: true,
  mediaAddress: true,
  headers: true,
};

const named = (value: unknown): value is FromEnvironment =>
  typeof value === 'object' && value !== null && 'env' in value && typeof value.env === 'string';

/** The `sip` part of a suite. Throws what `wrong` makes of a mistake. */
export function checkedSip(sip: SuiteSip, wrong: (what: string) => UsageError): SuiteSip {
  for (const [key, value] of Object.entries(sip) as [string, unknown][]) {
    if (!(key in KNOWN)) throw wrong(`has sip.${key}, which means nothing; it knows ${Object.keys(KNOWN).join(', ')}`);
    if (key === 'password' && !named(value))
      throw wrong("writes sip.password down; write password: env('SIP_PASSWORD')");
    if (key === 'headers') checkHeaders(value, wrong);
    else if (key !== 'password' && typeof value !== 'string' && !(key === 'user' && named(value))) {
      throw wrong(`has a sip.${key} that is no text`);
    }
  }
  return sip;
}

function checkHeaders(headers: unknown, wrong: (what: string) => UsageError): void {
  if (typeof headers !== 'object' || headers === null) throw wrong("has sip.headers that are no { 'X-Name': 'value' }");
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (!/^x-[\w-]+$/i.test(name)) throw wrong(`has the header ${name}; its own headers begin with X-`);
    if (/^x-(?:hangup|metronome)\b/i.test(name)) throw wrong(`has the header ${name}, which Hangup sets itself`);
    if (typeof value !== 'string' && !named(value)) throw wrong(`has a header ${name} that is no text`);
  }
}
