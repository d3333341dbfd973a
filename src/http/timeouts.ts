/** How long, in ms, connections may take for what they do. */
export interface Timeouts {
  /** How long the headers of a request may take to arrive, from the start of the connection or the end of the last answer. */
  readonly headers: number;
  /** How long a whole request may take to arrive, body included. */
  readonly body: number;
  /** How often these two are checked. */
  readonly check: number;
  /**
   * How long a connection may carry nothing while a request arrives or its answer is sent, but not while the answer is made. It
   * is longer than `body`, so that a client that sends nothing more is told why its connection is closed.
   */
  readonly silence: number;
  /**
   * How long a connection may carry nothing when an answer is complete and only has to be read. Node starts this time again
   * when it has sent more since the last check, so that an answer that is read slowly goes on. An answer that nobody reads is
   * given up after twice this time at most.
   */
  readonly unread: number;
  /**
   * How long an unused connection stays open. It is longer than the time after which common proxies close theirs (nginx after 60 s,
   * Traefik after 90, Caddy after 120), because a proxy that reuses a connection just as the server closes it would lose a request.
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
  keepAlive: 130_000,
};
