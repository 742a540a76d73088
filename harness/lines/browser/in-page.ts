import type { Stretch } from '../../rtp/pulled-leg.ts';
import type { FromPage, Sight, ToPage } from './mail.ts';

/** What the page side is told when it is put in. */
export interface InPageSetup {
  /** Name of the binding that reaches the line. */
  readonly binding: string;
  readonly worklet: string;
  readonly rate: number;
  /** Samples of a frame. */
  readonly frame: number;
}

/**
 * Runs in the page, before anything of the page's own: the microphone becomes the caller's voice, and what the page
 * hears from a peer connection, and says on its data channels, is told to the line. Self-contained: it is sent as text.
 */
export function inPage({ binding, worklet, rate, frame }: InPageSetup): void {
  type Binding = (mail: FromPage) => Promise<ToPage | undefined>;
  // The page's own clock, which no Clock of the harness reaches into.
  const { performance: pageTime } = window;
  const ask = (mail: FromPage): Promise<ToPage | undefined> =>
    (window as unknown as Readonly<Record<string, Binding>>)[binding]?.(mail) ?? Promise.resolve(undefined);
  const tell = (sight: Sight): void => void ask({ kind: 'sight', sight }).catch(() => undefined);
  const bytesOf = (text: string): Int16Array =>
    new Int16Array(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer);
  const textOf = (samples: Int16Array): string =>
    btoa(String.fromCharCode(...new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)));

  interface Desk {
    readonly context: AudioContext;
    readonly node: AudioWorkletNode;
    readonly microphone: MediaStreamAudioDestinationNode;
  }
  let desk: Promise<Desk> | undefined;
  let last = { askedAt: 0, answeredAt: 0, lineAt: 0 };

  const open = async (): Promise<Desk> => {
    const context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
    const code = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(code);
    const node = new AudioWorkletNode(context, 'hangup-mouth-and-ear', {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      channelCount: 1,
      channelCountMode: 'explicit',
      outputChannelCount: [1],
      processorOptions: { frame },
    });
    const microphone = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    node.connect(microphone);
    const pull = async ({ data }: MessageEvent): Promise<void> => {
      const { position, missed, stale, heard } = data as {
        position: number;
        missed: Stretch[];
        stale: Stretch[];
        heard?: Int16Array;
      };
      const askedAt = pageTime.now();
      const mail = { position, at: askedAt, missed, stale, ...(heard && { heard: textOf(heard) }), last };
      const reply = await ask({ kind: 'pull', ...mail });
      if (!reply) return;
      last = { askedAt, answeredAt: pageTime.now(), lineAt: reply.lineAt };
      node.port.postMessage({ from: reply.from, samples: bytesOf(reply.samples) });
    };
    node.port.addEventListener('message', (asked) => void pull(asked));
    node.port.start();
    await context.resume();
    return { context, node, microphone };
  };
  const deskOnce = (): Promise<Desk> => (desk ??= open());

  const allowed = (): boolean => {
    const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
    return featurePolicy?.allowsFeature('microphone') ?? true;
  };
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) {
    const native = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      if (!constraints?.audio) return native(constraints);
      tell({ what: 'microphone', allowed: allowed() });
      if (!allowed()) throw new DOMException('Permission denied', 'NotAllowedError');
      const { microphone } = await deskOnce();
      return new MediaStream(microphone.stream.getAudioTracks().map((track) => track.clone()));
    };
  } else tell({ what: 'insecure' });

  const hear = async (track: MediaStreamTrack): Promise<void> => {
    const { context, node } = await deskOnce();
    const stream = new MediaStream([track]);
    // Chromium decodes a remote track only while an element plays it.
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    void element.play().catch(() => undefined);
    context.createMediaStreamSource(stream).connect(node);
    node.port.postMessage({ hears: true });
    tell({ what: 'track' });
  };
  const listen = (channel: RTCDataChannel): void => {
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') tell({ what: 'said', label: channel.label, text: data });
    });
    channel.addEventListener('close', () => tell({ what: 'channel-closed' }));
  };
  const watch = (connection: RTCPeerConnection): void => {
    connection.addEventListener('track', ({ track }) => {
      if (track.kind === 'audio') void hear(track);
    });
    connection.addEventListener('connectionstatechange', () => {
      tell({ what: 'state', state: connection.connectionState });
      const [sender] = connection.getSenders();
      sender?.transport?.addEventListener('statechange', () => {
        if (sender.transport?.state === 'closed') tell({ what: 'state', state: 'closed' });
      });
    });
    connection.addEventListener('datachannel', ({ channel }) => listen(channel));
  };
  const Native = window.RTCPeerConnection;
  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      watch(this);
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      listen(channel);
      return channel;
    }
    override close(): void {
      super.close();
      tell({ what: 'state', state: 'closed' });
    }
  };

  /** What the line may ask of the page. */
  (window as unknown as { hangup: object }).hangup = {
    key: (key: string) =>
      connections.flatMap((each) => each.getSenders()).forEach(({ dtmf }) => dtmf?.insertDTMF(key, 100)),
    close: () => connections.forEach((each) => each.close()),
    stats: async () => {
      const reports = await Promise.all(connections.map((each) => each.getStats()));
      return reports.flatMap((each) => [...each.values()].filter(({ type }) => type === 'inbound-rtp'));
    },
  };
}
