import { Duplex } from 'node:stream';
import { AbstractConnector, type RedisOptions } from 'ioredis';

/** One end of a connection: what was sent goes to `receive`, and `closed` is called at the end. */
export interface Peer {
  receive(text: string): void;
  closed(): void;
}

/** Accepts a connection. `send` sends text to its client. */
export type Accept = (send: (text: string) => void) => Peer;

/**
 * A connection to a server in this process, in place of a TCP socket. A command is executed when it is written. Its reply arrives
 * when Node turns to input and output again, as that of a real server: never in the same tick.
 */
class LocalSocket extends Duplex {
  readonly #peer: Peer;
  #replies = '';

  constructor(accept: Accept) {
    super({ decodeStrings: false });
    this.#peer = accept((text) => {
      if (this.#replies === '') setImmediate(() => this.#flush());
      this.#replies += text;
    });
  }

  #flush(): void {
    const replies = this.#replies;
    this.#replies = '';
    if (!this.destroyed && !this.readableEnded) this.push(Buffer.from(replies, 'latin1'));
  }

  override _read(): void {}

  override _write(chunk: string | Buffer, _: BufferEncoding, done: () => void): void {
    this.#peer.receive((typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1'));
    done();
  }

  override _final(done: () => void): void {
    // Replies that are on their way arrive.
    setImmediate(() => {
      this.push(null);
      this.resume();
    });
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#peer.closed();
    done(error);
  }

  // What ioredis asks of a TCP socket.
  setNoDelay(): void {}
  setKeepAlive(): void {}
}

/** Returns a connector for ioredis that leads to a server in this process. */
export function connectorTo(accept: Accept): NonNullable<RedisOptions['Connector']> {
  class LocalConnector extends AbstractConnector {
    constructor(options: { disconnectTimeout?: number }) {
      super(options.disconnectTimeout ?? 100);
    }

    async connect(): Promise<never> {
      // ioredis types a stream as a socket of Node, and uses of it what LocalSocket has.
      this.stream = new LocalSocket(accept) as never;
      return this.stream as never;
    }
  }
  return LocalConnector as unknown as NonNullable<RedisOptions['Connector']>;
}
