import { UsageError } from '../../model/errors.ts';
import { engineName } from '../../model/makeup.ts';
import { fetchModel } from '../../speech/transformers/fetch.ts';
import { FAMILIES, modelsFolder, wantedModel } from '../../speech/transformers/models.ts';

/** `hangup fetch MODEL`: brings a model of an ear or a voice from the hub into the models' folder. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const asked = String(args[0]);
  const named = engineName(asked);
  const family = FAMILIES.get(named.engine);
  if (!family) {
    throw new UsageError(
      `"${asked}" is no model; write ${[...FAMILIES.keys()].join(', ')} with a name, e.g. whisper:base`,
    );
  }
  const model = wantedModel(family, named);
  const folder = modelsFolder();
  process.stderr.write(`${model.repo} -> ${folder}\n`);
  const card = await fetchModel(model, folder, (line) => void process.stderr.write(`${line}\n`));
  if (options['json']) {
    process.stdout.write(`${JSON.stringify({ schema: 'hangup.fetch/1', model: model.name, folder, ...card })}\n`);
  } else {
    process.stdout.write(`${model.name} is ready: ${card.repo} at revision ${card.revision}, in ${folder}\n`);
  }
  return 0;
}
