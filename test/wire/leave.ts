// Run as a process of its own: it must end by itself although calls ring, run and fail while the transport closes.
import sip from '../../harness/lines/sip.ts';
import type { Line } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { clock, context } from './lines.ts';

const transport = await sip.open(clock);
const accepted = Promise.withResolvers<Line>();
const rung = Promise.withResolvers<void>();
const answering = await transport.listen('sip:agent@127.0.0.1:0', (call) => accepted.resolve(call.accept(context())));
const silent = await transport.listen('sip:agent@127.0.0.1:0', () => rung.resolve());
const line = await transport.dial({ address: answering.address }, context());
const ringing = transport.dial({ address: silent.address }, context()).catch((error: unknown) => String(error));
const nowhere = transport.dial({ address: 'sip:x@127.0.0.1:9' }, context()).catch((error: unknown) => String(error));
await rung.promise;
const begun = clock.now();
await transport.close();
const endings = await Promise.all([line.ended, (await accepted.promise).ended]);
await Promise.all([ringing, nowhere]);
await transport.close();
console.log(JSON.stringify({ endings: endings.map(({ reason }) => reason), soon: clock.now() < after(begun, 3_000) }));
