import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import type { SuiteOffice, SuiteOtlp } from '../model/suite.ts';
import type { ListenAt } from '../office/door.ts';

type Door = 'office' | 'otlp';

const EXAMPLES: Readonly<Record<Door, string>> = {
  office: "office: { listen: '127.0.0.1:8787' }",
  otlp: "otlp: { listen: '127.0.0.1:4318' }",
};

/** Nobody waits longer after every call, ms. */
const MOST_GRACE_MS = 60_000;

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
      `the suite's office is not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}); write ${EXAMPLES.office}`,
    );
  }
  split(office.listen, 'office');
  return office;
}

const otlp = z.strictObject({ listen: z.string(), graceMs: z.number().min(0).max(MOST_GRACE_MS).optional() });

/** A suite's wish to take spans. Throws UsageError for one that cannot be met. */
export function checkedOtlp(wish: SuiteOtlp): SuiteOtlp {
  const parsed = otlp.safeParse(wish);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `the suite's otlp is not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}); write ${EXAMPLES.otlp}, with a graceMs of up to ${MOST_GRACE_MS}`,
    );
  }
  split(wish.listen, 'otlp');
  return wish;
}

/** Host and port of a door that may be opened: on this host alone, unless `allow` names the address. */
export function listenAt(
  { listen }: Pick<SuiteOffice, 'listen'>,
  allow: readonly string[],
  door: Door = 'office',
): ListenAt {
  const at = split(listen, door);
  if (isThisHost(at.host) || allow.includes(at.host)) return at;
  throw new UsageError(
    `the suite's ${door} would listen at ${at.host}, where others can reach it; add "${at.host}" to the suite's allow list if they may`,
  );
}

function split(listen: string, door: Door): ListenAt {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) < 65_536) return { host, port: Number(port) };
  throw new UsageError(`the suite's ${door} cannot listen at "${listen}"; write HOST:PORT, e.g. ${EXAMPLES[door]}`);
}

const isThisHost = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
