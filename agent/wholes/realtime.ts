import { readFileSync } from 'node:fs';
import { within } from '../../harness/clock/within.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { EngineName } from '../../harness/model/makeup.ts';
import { ms } from '../../harness/model/time.ts';
import { openService, troubleOf } from '../../harness/speech/openai/service.ts';
import { blank } from '../brain/dialogue.ts';
import type { WholeKind } from '../kinds.ts';
import { WholeCall } from '../realtime/call.ts';
import { Farewell } from '../realtime/farewell.ts';
import { Link, Spares } from '../realtime/link.ts';
import type { LinkOrders } from '../realtime/link.ts';
import { setup } from '../realtime/setup.ts';

const USUAL_URL = 'https://api.openai.com/v1';
/** The model of a server that has one only, such as `hangup serve-openai`. */
const LOCAL_MODEL = 'hangup-realtime';
/** Sessions kept open beside the one that is taken. */
const SPARE = 1;

/** How long somebody who was answered may wait for a session. */
const READY_WITHIN = ms(2_000);

/** Where it is, as the client of plain requests is told: it dials WebSockets over TLS from there, whatever the scheme. */
const urlOf = ({ url }: EngineName): string =>
  (url ?? process.env['OPENAI_BASE_URL'] ?? USUAL_URL).replace(/^ws/, 'http').replace(/^http:/, 'https:');

const isTheirs = (url: string): boolean => /(^|\.)openai\.com$/.test(URL.parse(url)?.hostname ?? '');

const modelOf = (named: EngineName): string | undefined =>
  named.model ?? (isTheirs(urlOf(named)) ? undefined : LOCAL_MODEL);

/** The authority that signed the server's certificate, where it is none of the known ones. */
function authority(): string | undefined {
  const file = process.env['HANGUP_CA'];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`HANGUP_CA names "${file}", and that file cannot be read`);
  }
}

const realtime: WholeKind = {
  summary: 'a session of the OpenAI Realtime API, or of a server that speaks it: realtime[:MODEL][@wss://HOST:PORT/v1]',
  missing: async (named) => {
    const url = urlOf(named);
    if (!URL.canParse(url)) {
      return `the address "${named.url}" is no URL; write e.g. --whole realtime@wss://127.0.0.1:8090/v1`;
    }
    if (modelOf(named) === undefined) return 'name the model of the whole agent, e.g. --whole realtime:gpt-realtime';
    if (isTheirs(url) && !process.env['OPENAI_API_KEY']) {
      return `the whole agent at ${url} needs a key; put it into OPENAI_API_KEY`;
    }
    return undefined;
  },
  open: async (named) => {
    const url = urlOf(named);
    const orders: LinkOrders = {
      client: await openService({ url }),
      model: modelOf(named) ?? LOCAL_MODEL,
      ca: authority(),
      session: setup,
    };
    const spares = new Spares(() => Link.open(orders), await first(orders, url), SPARE);
    return {
      answer: async (line, parts, world) => {
        try {
          const taking = spares.take();
          const link = await within(world.clock, READY_WITHIN, taking);
          if (!link) {
            // It may come yet, and nobody would close it.
            void taking.then((late) => late.close()).catch(() => undefined);
            throw new Error('no session is ready');
          }
          await new WholeCall(line, parts, world, link).run();
        } catch (error) {
          world.claims.state('trouble', `realtime: ${troubleOf(error)}`, world.clock.now());
          await new Farewell(line, parts, world).say({ ...blank, call: world.call });
        }
      },
      close: () => spares.close(),
    };
  },
};

export default realtime;

/** The first session: address, key and model are right, before any phone rings. */
async function first(orders: LinkOrders, url: string): Promise<Link> {
  try {
    return await Link.open(orders);
  } catch (error) {
    const [why = ''] = troubleOf(error).split(';');
    const advice = /certificate/.test(why) ? '; put the file of its certificate into HANGUP_CA' : '';
    throw new UsageError(`the whole agent realtime:${orders.model} at ${url} cannot be used: ${why}${advice}`);
  }
}
