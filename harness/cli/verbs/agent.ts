import { openTracing } from '../../../agent/otlp.ts';
import { talkPage } from '../../../agent/page.ts';
import { serveAgent } from '../../../agent/serve.ts';
import { realClock } from '../../clock/real.ts';
import type { LineKind, Presence } from '../../model/line.ts';
import { openReference } from '../../run/reference.ts';
import sip from '../../lines/sip.ts';
import webrtc from '../../lines/webrtc.ts';
import { text, wholeNumber } from '../numbers.ts';
import { presenceFrom } from '../presence.ts';
import { makeupFrom } from '../makeup-options.ts';
import { toldToStop } from '../until.ts';

/** A line the agent can be called on, and its addresses there. */
interface Reachable {
  readonly kind: LineKind;
  readonly agent: string;
  readonly metronome: string;
  readonly presence: Presence;
}

/** `hangup agent`: the reference agent and the metronome, until interrupted. Prints their addresses as a JSON line for each line they can be called on. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const clock = realClock();
  const faults = (options['fault'] as string[] | undefined) ?? [];
  const trouble = (message: string): void => void process.stderr.write(`reference agent: ${message}\n`);
  const places = placesFrom(options, trouble);
  const makeup = makeupFrom(options);
  const tracing = openTracing({ clock, url: text(options, 'otlp'), makeup, env: process.env, trouble });
  const office = text(options, 'office');
  const opened: { close(): Promise<void> }[] = tracing ? [tracing] : [];
  try {
    const reference = await openReference(
      { faults, manners: text(options, 'manners'), makeup },
      wholeNumber(options, 'earWorkers', '--ear-workers') ?? 2,
    );
    opened.push(reference);
    const service = { clock, parts: reference.parts, office, seed: 1, tracing, trouble };
    for (const { kind, agent, metronome, presence } of places) {
      const transport = await kind.open(clock);
      opened.push(transport);
      const serving = await serveAgent({ ...service, transport, agent, metronome, presence });
      opened.push(serving);
      const { agent: answers, metronome: beats } = serving;
      const page = presence.page && { page: new URL('/', answers.slice(answers.indexOf('http'))).href };
      process.stdout.write(`${JSON.stringify({ agent: answers, metronome: beats, ...page })}\n`);
    }
    await toldToStop(options['untilStdinCloses'] === true);
  } finally {
    // What is left open would keep the process alive, and whoever started it waiting.
    for (const one of opened.toReversed()) await one.close();
  }
  return 0;
}

/** Where it is to be reached: over SIP unless WebRTC alone is asked for. */
function placesFrom(options: Record<string, unknown>, trouble: (message: string) => void): readonly Reachable[] {
  const web = text(options, 'webrtc');
  const phone = text(options, 'sip') ?? (web === undefined ? '127.0.0.1:5060' : undefined);
  const free = (where: string): string => where.replace(/:\d+(?=;|$)/, ':0');
  return [
    ...(phone === undefined
      ? []
      : [
          {
            kind: sip,
            agent: `sip:agent@${phone}`,
            metronome: `sip:metronome@${free(phone)}`,
            presence: presenceFrom(options, trouble),
          },
        ]),
    ...(web === undefined
      ? []
      : [
          {
            kind: webrtc,
            agent: `webrtc:http://${web}`,
            metronome: `webrtc+whip:http://${free(web)}/metronome`,
            presence: { trouble, page: talkPage },
          },
        ]),
  ];
}
