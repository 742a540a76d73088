import { readdirSync } from 'node:fs';
import type { Metric } from '../../harness/model/metric.ts';

/** Every file in metrics/measures, by metric name. */
export async function measures(): Promise<ReadonlyMap<string, Metric>> {
  const folder = new URL('../../metrics/measures/', import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort();
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, Metric]> => {
        const { default: metric } = (await import(new URL(file, folder).href)) as { default: Metric };
        return [file.replace('.ts', '').replaceAll('-', '_'), metric];
      }),
    ),
  );
}
