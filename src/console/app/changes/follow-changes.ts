/** Where the changes of the workspace come from. */
export interface ChangeSource {
  /** A cursor of the present: changes that are made from now on come after it. */
  present: () => Promise<string>;
  /** One page of the changes after a cursor. */
  ask: (after: string, signal: AbortSignal) => Promise<ChangeBatch>;
  /** The changes after a cursor as they are made. */
  stream: (after: string, signal: AbortSignal) => AsyncIterable<ChangeBatch>;
  /** Whether one of them has thrown this because the changes after the cursor are not all known any more. */
  isExpired: (error: unknown) => boolean;
}

export interface ChangeBatch {
  /** How many changes there are. */
  count: number;
  cursor: string;
  /** Whether there were no more changes at that time. */
  upToDate: boolean;
}

export interface ChangeListener {
  /** Called with the cursor from which to go on later. */
  onCursor: (cursor: string) => void;
  /** There are new changes, or some may have been missed. */
  onChange: () => void;
  /** Everything up to now has been told. */
  onUpToDate: () => void;
}

/** How often the server is asked where it cannot be followed, in ms. More often would use up the workspace's requests. */
const ASK_MS = 10_000;
/** How often the server is asked before a stream is tried again: about every two minutes. */
const ASKS_BEFORE_STREAM = 12;
/** How long to wait before a stream that has ended is opened again, at most. Not all consoles come back at once. */
const REOPEN_MS = 2_000;

/**
 * Follows the changes of the workspace from a cursor on, until the signal aborts. They are streamed where that is possible;
 * otherwise the server is asked every few seconds.
 */
export async function followChanges(
  source: ChangeSource,
  from: string,
  listener: ChangeListener,
  signal: AbortSignal,
): Promise<void> {
  let cursor = from;
  let asksLeft = 0;

  const moveTo = (next: string) => {
    cursor = next;
    listener.onCursor(next);
  };

  const take = (batch: ChangeBatch) => {
    moveTo(batch.cursor);
    if (batch.count > 0) listener.onChange();
    if (batch.upToDate) listener.onUpToDate();
  };

  /** Returns whether the stream has worked. */
  const follow = async () => {
    let worked = false;
    try {
      for await (const batch of source.stream(cursor, signal)) {
        take(batch);
        worked = true;
      }
    } catch (error) {
      if (source.isExpired(error)) throw error;
    }
    return worked;
  };

  const ask = async () => {
    for (let upToDate = false; !upToDate && !signal.aborted;) {
      const batch = await source.ask(cursor, signal);
      take(batch);
      ({ upToDate } = batch);
    }
  };

  while (!signal.aborted) {
    try {
      if (asksLeft === 0 && (await follow())) {
        await pause(Math.random() * REOPEN_MS, signal);
        continue;
      }
      if (signal.aborted) break;
      asksLeft = asksLeft === 0 ? ASKS_BEFORE_STREAM : asksLeft - 1;
      await ask();
    } catch (error) {
      if (source.isExpired(error)) {
        // What has changed is not known any more. The new cursor comes first, so that nothing is missed after it.
        moveTo(await source.present().catch(() => cursor));
        listener.onChange();
      } else if (!signal.aborted) {
        // The request has told the server monitor. When the server is back, a stream is worth a try.
        asksLeft = 0;
      }
    }
    await pause(ASK_MS, signal);
  }
}

/** Ends after this time, or when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
