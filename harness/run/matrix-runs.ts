import { runsIn } from './prune.ts';
import type { RunManifest } from '../model/run.ts';

/** The runs below `out` that were made together as the matrix `id`, in the order of its arms; none when there is no such matrix. */
export const runsOfMatrix = (out: string, id: string): readonly RunManifest[] =>
  runsIn(out)
    .map(({ manifest }) => manifest)
    .filter(({ matrix }) => matrix?.id === id);
