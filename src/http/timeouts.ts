/** How long, in ms, connections may take for what they do. */
export interface Timeouts {
  /** The headers of a request may take so long to arrive, from the connection's first moment or the last answer's end. */
  readonly headers: number;
  /** A whole request may take so long to arrive, body included. */
  readonly body: number;
  /** How often these two are looked at. */
  readonly check: number;
  /**
   * A connection may carry nothing for so long while a request arrives or its answer is sent, but not while the answer is made. It is
   * longer than `body`, so that a client that sends nothing more is told why its connection is closed.
   */
  readonly silence: number;
  /**
   * The same, once an answer is complete and only has to be read. Node looks at it twice, so that an answer that nobody reads is
   * given up after twice this time at most; one that is read slowly goes on.
   */
  readonly unread: number;
  /**
   * An unused connection stays open for so long. It is longer than the 60 s after which common proxies close theirs, because a
   * proxy that reuses a connection just as the server closes it would lose a request.
   */
  readonly keepAlive: number;
}

/** The times of every server. Tests of slow clients have shorter ones. */
export const TIMEOUTS: Timeouts = {
  headers: 15_000,
  body: 30_000,
  check: 1_000,
  silence: 35_000,
  unread: 15_000,
  keepAlive: 75_000,
};
