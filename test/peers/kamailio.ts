import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from '../../harness/model/time.ts';
import type { Certificate } from '../wire/certificates.ts';
import { clock } from '../wire/lines.ts';
import { hasIPv6 } from './loopback.ts';

/** Kamailio as registrar and record-routing proxy, which asks everybody for the password `secret`. */
export interface Kamailio {
  /** UDP and TCP, on 127.0.0.1 and ::1; TLS is on `tlsPort`. */
  readonly port: number;
  readonly tlsPort: number;
  /** What it has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

/** What it is set up with. */
export interface KamailioTerms {
  readonly port: number;
  readonly tlsPort: number;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly certificate: Certificate;
  /** File of the authority whose certificates it accepts when it connects over TLS. */
  readonly caFile: string;
}

const config = ({ port, tlsPort, algorithm }: KamailioTerms, folder: string): string => `#!KAMAILIO
debug=1
log_stderror=yes
children=1
tcp_children=2
enable_tls=yes
disable_core_dump=yes
${['127.0.0.1', ...(hasIPv6 ? ['[::1]'] : [])]
  .flatMap((host) => [`udp:${host}:${port}`, `tcp:${host}:${port}`, `tls:${host}:${tlsPort}`])
  .map((address) => `listen=${address}`)
  .join('\n')}
${['tm', 'sl', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'usrloc', 'registrar', 'auth', 'tls']
  .map((name) => `loadmodule "${name}.so"`)
  .join('\n')}
modparam("auth", "algorithm", "${algorithm}")
modparam("registrar", "min_expires", 60)
modparam("tls", "config", "${folder}/tls.cfg")
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not here"); exit;
  }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("clinic.test", "secret", "0")) { www_challenge("clinic.test", "1"); exit; }
    save("location");
    exit;
  }
  if (!pv_proxy_authenticate("clinic.test", "secret", "0")) { proxy_challenge("clinic.test", "1"); exit; }
  consume_credentials();
  record_route();
  if (!lookup("location")) { sl_send_reply("404", "Nobody by that name"); exit; }
  t_relay();
}
`;

const tlsConfig = ({ certificate, caFile }: KamailioTerms): string => `[server:default]
method = TLSv1.2+
verify_certificate = no
private_key = ${certificate.keyFile}
certificate = ${certificate.certFile}
[client:default]
method = TLSv1.2+
verify_certificate = yes
ca_list = ${caFile}
`;

/** Starts it in a temporary folder and resolves when it takes connections. Throws with its log when it does not. */
export async function startKamailio(terms: KamailioTerms): Promise<Kamailio> {
  const folder = await mkdtemp(join(tmpdir(), 'hangup-kamailio-'));
  await writeFile(join(folder, 'kamailio.cfg'), config(terms, folder));
  await writeFile(join(folder, 'tls.cfg'), tlsConfig(terms));
  const words = ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '32', '-M', '8', '-Y', folder];
  const child = spawn('kamailio', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      log += bytes.toString();
    });
  }
  let over = false;
  const gone = once(child, 'close').then(async () => {
    over = true;
    await rm(folder, { recursive: true, force: true });
  });
  const giveUp = after(clock.now(), 15_000);
  while (!(await answers(terms.tlsPort)) || !(await answers(terms.port))) {
    if (over || clock.now() > giveUp) throw new Error(`kamailio did not start:\n${log}`);
    await clock.sleepUntil(after(clock.now(), 100));
  }
  return {
    port: terms.port,
    tlsPort: terms.tlsPort,
    log: () => log,
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
