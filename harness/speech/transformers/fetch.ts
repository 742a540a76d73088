import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../model/errors.ts';
import { ms } from '../../model/time.ts';
import { bounded } from '../bounded.ts';
import { besideGraph, CARD, cardIn, graphs, precisionOf } from './models.ts';
import type { ModelCard, WantedModel } from './models.ts';

/** The hub asks and answers in a moment, and a file may take an hour on a slow line. */
const ASK_LIMIT = ms(30_000);
const FILE_LIMIT = ms(3_600_000);

/** Files of a repository beside its graphs: settings and vocabularies at its top. */
const SETTINGS = /^(?:[\w-]+\.json|merges\.txt|vocab\.txt)$/;

/** A name that stays inside its folder. */
const PLAIN = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** Where models come from: `HF_ENDPOINT` where there is a mirror. */
const hub = (): string => (process.env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/$/, '');

/** A key for models that are given to some only. */
const headers = (): Record<string, string> =>
  process.env['HF_TOKEN'] ? { authorization: `Bearer ${process.env['HF_TOKEN']}` } : {};

interface Listing {
  readonly sha: string;
  readonly siblings: readonly { readonly rfilename: string }[];
}

/**
 * Fetches a model's files into `folder`, at the revision that is the newest now, and writes its card. Files of that revision
 * that are there already stay; a file is put in place only once it is whole. `tell` is told of each file in one line.
 * Throws UsageError when the hub cannot be reached, or has no such model.
 */
export async function fetchModel(model: WantedModel, folder: string, tell: (line: string) => void): Promise<ModelCard> {
  if (!PLAIN.test(model.repo)) throw new UsageError(`"${model.repo}" is no model's name; write OWNER/REPOSITORY`);
  const home = join(folder, model.repo);
  const { sha: revision, siblings } = await listing(model, folder);
  const files = filesOf(
    model,
    siblings.map(({ rfilename }) => rfilename),
  );
  const before = cardIn(home);
  const sha256: Record<string, string> = before?.revision === revision ? { ...before.sha256 } : {};
  for (const file of files) {
    if (sha256[file] !== undefined && existsSync(join(home, file))) continue;
    sha256[file] = await fetchFile(model, revision, file, join(home, file));
    tell(`${file}  sha256:${sha256[file]}`);
  }
  const card: ModelCard = { repo: model.repo, revision, sha256 };
  writeFileSync(join(home, CARD), `${JSON.stringify(card, undefined, 2)}\n`);
  return card;
}

async function listing(model: WantedModel, folder: string): Promise<Listing> {
  const response = await ask(model, folder, `${hub()}/api/models/${model.repo}`);
  const found = (await response.json()) as Partial<Listing>;
  if (typeof found.sha === 'string' && /^[0-9a-f]+$/.test(found.sha) && Array.isArray(found.siblings))
    return found as Listing;
  throw new UsageError(`${hub()} tells nothing of the model ${model.repo}; is HF_ENDPOINT a hub?`);
}

/** The files that are needed, of those that there are. Throws UsageError when some are not. */
function filesOf(model: WantedModel, there: readonly string[]): readonly string[] {
  const known = new Set(there.filter((file) => PLAIN.test(file)));
  const precision = precisionOf(model, (file) => known.has(file));
  const missing = model.files.filter((file) => !known.has(file));
  if (!precision || missing.length > 0) {
    const what = [...(precision ? [] : graphs(model, '')), ...missing].join(', ');
    throw new UsageError(`The model ${model.repo} has no ${what}; name another one`);
  }
  const parts = graphs(model, precision.suffix);
  const beside = parts.map(besideGraph).filter((file) => known.has(file));
  return [...new Set([...[...known].filter((file) => SETTINGS.test(file)), ...model.files, ...parts, ...beside])];
}

async function ask(model: WantedModel, folder: string, url: string): Promise<Response> {
  let response: Response;
  try {
    response = await bounded(ASK_LIMIT, undefined, (signal) => fetch(url, { headers: headers(), signal }));
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new UsageError(
      `${new URL(url).host} cannot be reached (${cause?.code ?? message}): fetch ${model.name} where it can, and copy the folder ${model.repo} from there to ${folder}`,
      { cause: error },
    );
  }
  if (response.ok && response.body) return response;
  await response.body?.cancel();
  if (response.status === 401 || response.status === 403 || response.status === 404) {
    throw new UsageError(
      `${new URL(url).host} has no model ${model.repo} for you (${response.status}); set HF_TOKEN if it asks for one`,
    );
  }
  throw new UsageError(`${new URL(url).host} answered ${response.status}; try again later`);
}

/** One file, whole or not at all; its SHA-256. */
async function fetchFile(model: WantedModel, revision: string, file: string, path: string): Promise<string> {
  const response = await ask(model, dirname(path), `${hub()}/${model.repo}/resolve/${revision}/${file}`);
  const hash = createHash('sha256');
  const part = `${path}.part`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    await bounded(FILE_LIMIT, undefined, (signal) =>
      pipeline(
        Readable.fromWeb(response.body as never),
        async function* (pieces: AsyncIterable<Uint8Array>) {
          for await (const piece of pieces) {
            hash.update(piece);
            yield piece;
          }
        },
        createWriteStream(part),
        { signal },
      ),
    );
  } catch (error) {
    rmSync(part, { force: true });
    throw new UsageError(
      `${file} of ${model.repo} broke off (${(error as Error).message}); run the same command again`,
      {
        cause: error,
      },
    );
  }
  renameSync(part, path);
  return hash.digest('hex');
}
