import { UsageError } from '../../model/errors.ts';
import type { CallContext, IncomingCall, Line, Listening, Presence, Target, Transport } from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import type { Media } from '../../rtp/media.ts';
import { openDoor, type Door } from '../../webrtc/door.ts';
import { openPeerMedia } from '../../webrtc/media.ts';
import type { Ringing } from '../../webrtc/ringing.ts';
import { mustReadAddress, writeAddress, type Scheme } from './address.ts';
import { Calls } from './calls.ts';
import { CONTEXT_HEADER, REFERRED_HEADER, REPLACES_HEADER } from './headers.ts';
import { PROTOCOLS, type Protocol } from './protocols.ts';

/** Every WebRTC call of a run: one media process, and an HTTP server for each listener. */
export class WebRtcTransport implements Transport {
  readonly name = 'webrtc';
  readonly time = 'real';
  readonly #media: Media;
  readonly #calls: Calls;
  readonly #doors = new Set<Door>();

  private constructor(media: Media) {
    this.#media = media;
    this.#calls = new Calls(media);
  }

  /** Starts the media process. */
  static async open(clock: Clock): Promise<WebRtcTransport> {
    return new WebRtcTransport(await openPeerMedia(clock));
  }

  dial(target: Target, ctx: CallContext): Promise<Line> {
    return this.#calls.place(target, ctx);
  }

  /**
   * Takes offers of one kind at the address's path, e.g. `webrtc+whip:http://127.0.0.1:0/whip`, or of every kind, each at
   * its usual path, e.g. `webrtc:http://127.0.0.1:8080`. Throws UsageError when the address cannot be listened at.
   */
  async listen(address: string, onCall: (call: IncomingCall) => void, presence: Presence = {}): Promise<Listening> {
    const { scheme, url } = mustReadAddress(address);
    if (url.protocol === 'https:')
      throw new UsageError(`${address} cannot be listened at; listen at http: behind a proxy that has a certificate`);
    const paths = pathsOf(scheme, url);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const placeOf = (path: string, door: Door): string => writeAddress(schemeAt(paths, path), at(url, path, door));
    const door = await openDoor(host, Number(url.port) || 0, {
      forms: paths.map(([, path, { answering }]) => ({ path, answering })),
      page: presence.page,
      onRing: (ringing, { path }) => this.#ring(ringing, placeOf(path, door), host, onCall),
    });
    this.#doors.add(door);
    const [[, first]] = paths as [Path];
    return { address: placeOf(first, door), close: () => this.#shut(door) };
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await Promise.all([...this.#doors].map((door) => door.close()));
    await this.#media.close();
  }

  #ring(ringing: Ringing, to: string, host: string, onCall: (call: IncomingCall) => void): void {
    const replaces = this.#calls.replacedBy(ringing);
    if (ringing.headers[REPLACES_HEADER] !== undefined && !replaces) return ringing.refuse(481);
    const context = ringing.headers[CONTEXT_HEADER];
    const referredBy = ringing.headers[REFERRED_HEADER];
    onCall({
      from: `webrtc:${ringing.from}`,
      to,
      headers: ringing.headers,
      over: ringing.over,
      ...(context !== undefined && { context: decoded(context) }),
      ...(referredBy !== undefined && { referredBy }),
      ...(replaces && { replaces }),
      accept: (ctx) => this.#calls.answer(ringing, ctx, host),
      reject: (status) => {
        ringing.refuse(status);
        return Promise.resolve();
      },
    });
  }

  /** Takes no more calls. Those that stand are ended by their connection, should the other side hang up. */
  async #shut(door: Door): Promise<void> {
    this.#doors.delete(door);
    await door.close();
  }
}

/** A header's text; as it came when it is not encoded as ours are, which anybody may send. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A protocol, the path it answers at, and the name it has in an address. */
type Path = readonly [scheme: Scheme, path: string, protocol: Protocol];

function pathsOf(scheme: Scheme | undefined, url: URL): readonly Path[] {
  const all = Object.entries(PROTOCOLS) as [Scheme, Protocol][];
  const base = url.pathname.replace(/\/$/, '');
  if (scheme === undefined) return all.map(([name, protocol]) => [name, `${base}${protocol.path}`, protocol]);
  return all.filter(([name]) => name === scheme).map(([name, protocol]) => [name, base || protocol.path, protocol]);
}

const schemeAt = (paths: readonly Path[], path: string): Scheme => (paths.find((each) => each[1] === path) as Path)[0];

function at(url: URL, path: string, { port }: Door): URL {
  const found = new URL(url);
  found.port = String(port);
  found.pathname = path;
  return found;
}
