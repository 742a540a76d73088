import { makeupText } from '../harness/model/makeup.ts';
import type { RunManifest } from '../harness/model/run.ts';

type Called = Pick<RunManifest, 'target' | 'manners' | 'makeup' | 'faults'>;

/** In what the reference agent of a run was not the usual one: manners, engines, simulated stages, faults; empty when in nothing. */
export const variantText = ({ manners, makeup = {}, faults }: Omit<Called, 'target'>): string =>
  [
    manners === undefined ? '' : `its manners ${manners}`,
    makeupText(makeup),
    faults.length > 0 ? `broken on purpose: ${faults.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Who was called, and in what it was not the usual one, e.g. `reference, simulated: brain=900`. */
export const agentText = (manifest: Called): string =>
  [manifest.target, variantText(manifest)].filter(Boolean).join(', ');

/** A run by what tells it from others: its place in a matrix, or its id with what its agent was. */
export function runName(manifest: RunManifest): string {
  if (manifest.matrix) return manifest.matrix.arm;
  const variant = variantText(manifest);
  return variant === '' ? manifest.id : `${manifest.id} (${variant})`;
}
