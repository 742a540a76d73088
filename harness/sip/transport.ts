import { EmitterImpl, TransportState, type Transport } from 'sip.js';
import type { SipWire } from './wire.ts';

/** Shows an open wire to sip.js as the transport it expects: always connected, until it is closed. */
export class WireTransport implements Transport {
  /** What sip.js writes into Via; the wire overwrites it per message. */
  readonly protocol = 'UDP';
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  readonly #wire: SipWire;
  #state = TransportState.Disconnected;

  constructor(_logger: unknown, options: unknown) {
    this.#wire = (options as { readonly wire: SipWire }).wire;
  }

  get state(): TransportState {
    return this.#state;
  }

  get onMessage(): (message: string) => void {
    return this.#wire.onMessage;
  }

  set onMessage(listener: ((message: string) => void) | undefined) {
    this.#wire.onMessage = listener ?? (() => undefined);
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  connect(): Promise<void> {
    this.#become(TransportState.Connected);
    this.onConnect?.();
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    if (this.isConnected()) {
      this.#become(TransportState.Disconnected);
      this.onDisconnect?.();
    }
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    await this.disconnect();
  }

  send(message: string): Promise<void> {
    return this.#wire.send(message);
  }

  #become(state: TransportState): void {
    this.#state = state;
    this.stateChange.emit(state);
  }
}
