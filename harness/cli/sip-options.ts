import { resolve } from 'node:path';
import type { SuiteSip } from '../model/suite.ts';
import { text } from './numbers.ts';

/** How an agent is reached over SIP: options of every verb that calls one. */
export const SIP_OPTIONS = [
  [
    '--register <uri>',
    'register there before calling, e.g. sip:pbx.example.org; SIP_USER and SIP_PASSWORD prove who we are',
  ],
  ['--proxy <uri>', 'send every call through it, e.g. "sip:sbc.example.org;transport=tls"'],
  ['--ca <file>', 'a PEM file of an authority to trust besides the known ones'],
  ['--media-address <addr>', 'where the agent is told to send its audio to (behind a NAT)'],
] as const;

/** How one who listens is known to those who call: options of every verb that answers. */
export const PRESENCE_OPTIONS = [
  ['--tls-cert <file>', 'our certificate (PEM): the same port then answers TLS too'],
  ['--tls-key <file>', 'the key of that certificate (PEM)'],
  ['--register <uri>', 'register there, to be called by its address; SIP_USER and SIP_PASSWORD prove who we are'],
  ['--proxy <uri>', 'register through it'],
  ['--ca <file>', 'a PEM file of an authority to trust besides the known ones'],
] as const;

/** What the suite's `sip` part says, with the command line over it; a CA of the suite is looked for in `folder`. */
export function sipFrom(options: Record<string, unknown>, suite: SuiteSip = {}, folder = '.'): SuiteSip {
  const [registrar, outboundProxy, ca] = [text(options, 'register'), text(options, 'proxy'), text(options, 'ca')];
  const beside = suite.ca === undefined ? undefined : resolve(folder, suite.ca);
  const trusted = ca ?? beside;
  const mediaAddress = text(options, 'mediaAddress');
  return {
    ...suite,
    ...(registrar !== undefined && { registrar }),
    ...(outboundProxy !== undefined && { outboundProxy }),
    ...(trusted !== undefined && { ca: trusted }),
    ...(mediaAddress !== undefined && { mediaAddress }),
  };
}
