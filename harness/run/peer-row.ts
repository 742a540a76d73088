import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './registry.ts';

const peerRow = z.object({
  measured: z.string(),
  n: z.number(),
  biasMs: z.number(),
  sdMs: z.number(),
  medianAbsMs: z.number(),
  p95AbsMs: z.number(),
  maxAbsMs: z.number(),
});

/** What our scorer and a foreign peer with a foreign clock made of the same sounds; ours minus theirs, ms. */
export type PeerRow = z.infer<typeof peerRow>;

/** Where test/peers/agreement.test.ts keeps its row. */
export const PEER_ROW_FILE = 'metrics/accuracy-peer.json';

/** The rows kept by the peer test; none where there is no checkout, or it was never run. */
export function peerRows(): readonly PeerRow[] {
  const file = join(projectRoot, PEER_ROW_FILE);
  if (!existsSync(file)) return [];
  return z.array(peerRow).parse(JSON.parse(readFileSync(file, 'utf8')));
}
