import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import type { SuiteOffice } from '../model/suite.ts';
import type { ListenAt } from '../office/http.ts';

const EXAMPLE = "office: { listen: '127.0.0.1:8787' }";

const asked = z.strictObject({
  listen: z.string(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  posts: z.array(z.enum(['commitments', 'claims'])).optional(),
});

/** A suite's wish to open the office. Throws UsageError for one that cannot be met. */
export function checkedOffice(office: SuiteOffice): SuiteOffice {
  const parsed = asked.safeParse(office);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `the suite's office is not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}); write ${EXAMPLE}`,
    );
  }
  split(office.listen);
  return office;
}

/** Host and port of a door that may be opened: on this host alone, unless `allow` names the address. */
export function listenAt({ listen }: SuiteOffice, allow: readonly string[]): ListenAt {
  const at = split(listen);
  if (isThisHost(at.host) || allow.includes(at.host)) return at;
  throw new UsageError(
    `the office would listen at ${at.host}, where others can reach it; add "${at.host}" to the suite's allow list if they may`,
  );
}

function split(listen: string): ListenAt {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) < 65_536) return { host, port: Number(port) };
  throw new UsageError(`the suite's office cannot listen at "${listen}"; write HOST:PORT, e.g. ${EXAMPLE}`);
}

const isThisHost = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
