/** How long, in ms, the headers of a request may take to arrive, from the connection's first moment or the last answer's end. */
export const HEADERS_TIMEOUT = 15_000;

/** How long, in ms, a whole request may take to arrive, body included. */
export const BODY_TIMEOUT = 30_000;

/** How often, in ms, these two are looked at. */
export const TIMEOUT_CHECK = 1_000;

/**
 * How long, in ms, a connection may carry nothing while a request arrives or is answered. It is longer than BODY_TIMEOUT, so
 * that a client that sends nothing more is told why its connection is closed.
 */
export const SILENCE_TIMEOUT = 35_000;

/**
 * The same, in ms, once an answer is complete and only has to be read. Node looks at it twice, so that an answer that nobody
 * reads is given up after twice this time at most; one that is read slowly goes on.
 */
export const UNREAD_TIMEOUT = 15_000;

/**
 * How long, in ms, an unused connection stays open. It is longer than the 60 s after which common proxies close theirs,
 * because a proxy that reuses a connection just as the server closes it would lose a request.
 */
export const KEEP_ALIVE = 75_000;
