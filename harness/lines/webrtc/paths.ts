import type { Target } from '../../model/line.ts';
import { localAddressTowards } from '../../sip/udp.ts';
import type { PeerPlan } from '../../webrtc/mail.ts';

/** How paths to `target`, whose web server is at `url`, are looked for: from the address of ours by which it is reached. */
export async function pathsTo({ iceServers = [], relayOnly }: Target, url: URL): Promise<PeerPlan> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const bind = await localAddressTowards(url.hostname.replace(/^\[|\]$/g, ''), port);
  return { iceServers, bind, ...(relayOnly && { relayOnly }) };
}
