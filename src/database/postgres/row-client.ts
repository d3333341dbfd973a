import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { AwaitedAnswers } from './awaited-answers.ts';
import type { RowShape } from './row-shape.ts';
import { RowSplitter } from './row-splitter.ts';

/** The method by which node-postgres's connection starts to read from the socket. Its type is not published. */
interface Attachable {
  attachListeners(stream: Pick<Duplex, 'on'>): void;
}

/**
 * A client of node-postgres that gives its queries the bytes of the rows: see `RowQuery`. All other messages are read by
 * node-postgres itself. Its parser makes a string of each value and an object of each row before a query gets them, which took a
 * third of the CPU of a page of 250.
 */
export class RowClient extends pg.Client {
  /** The shapes of the rows of prepared statements, by the statements' names. */
  readonly shapes = new Map<string, RowShape>();
  readonly answers = new AwaitedAnswers();

  constructor(settings?: pg.ClientConfig) {
    super(settings);
    const connection = this.connection as typeof this.connection & Attachable;
    const attach = connection.attachListeners.bind(connection);
    connection.attachListeners = (stream) => {
      const others = new EventEmitter();
      attach(others as unknown as Duplex);
      const splitter = new RowSplitter(
        (row) => connection.emit('dataRow', row),
        (bytes) => others.emit('data', bytes),
      );
      stream.on('data', (bytes: Buffer) => splitter.take(bytes));
      stream.on('end', () => others.emit('end'));
    };
  }

  /**
   * Sends all queries of this turn of the event loop together, because each separate write to the socket takes a system call here
   * and in the server.
   */
  sendTogether(): void {
    const { stream } = this.connection;
    if (stream.writableCorked > 0) return;
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
}
