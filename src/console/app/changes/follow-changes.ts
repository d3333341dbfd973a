/** Where the changes of the workspace come from. */
export interface ChangeSource {
  /** The present cursor. All later changes come after it. */
  present: () => Promise<string>;
  /** One page of the changes after a cursor. */
  ask: (after: string, signal: AbortSignal) => Promise<ChangeBatch>;
  /** The changes after a cursor as they are made. */
  stream: (after: string, signal: AbortSignal) => AsyncIterable<ChangeBatch>;
  /** Whether `ask` or `stream` has thrown this error because the server no longer has all changes after the cursor. */
  isExpired: (error: unknown) => boolean;
}

export interface ChangeBatch {
  /** Whether there are new changes, or some may have been missed. */
  changed: boolean;
  /** Whether members or tokens are among the changes, so that the user's role may be another one. */
  peopleChanged: boolean;
  /** From where to go on. */
  cursor: string;
  /** Whether this batch reaches the present, so that no more changes are waiting. */
  upToDate: boolean;
}

/** How often, in ms, the server is polled while no stream works. */
export const ASK_MS = 10_000;
/** How often the server is asked before a stream is tried again: about every two minutes. */
const ASKS_BEFORE_STREAM = 12;
/** The maximum wait, in ms, before an ended stream is opened again. The wait is random, so that consoles do not reconnect together. */
const REOPEN_MS = 2_000;

/**
 * Follows the changes of the workspace from a cursor on, until the signal aborts. They are streamed where that is possible;
 * otherwise the server is asked every few seconds.
 */
export async function followChanges(
  source: ChangeSource,
  from: string,
  take: (batch: ChangeBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  let cursor = from;
  let asksLeft = 0;

  const moveOn = (batch: ChangeBatch) => {
    ({ cursor } = batch);
    take(batch);
  };

  /** Returns whether the stream has worked, so that the next one is worth a try. */
  const follow = async () => {
    let worked = false;
    try {
      for await (const batch of source.stream(cursor, signal)) {
        moveOn(batch);
        worked = true;
      }
    } catch (error) {
      if (!source.isExpired(error)) return worked;
      moveOn(await afterExpiry(source, cursor));
      worked = true;
    }
    return worked;
  };

  while (!signal.aborted) {
    if (asksLeft === 0 && (await follow())) {
      await pause(Math.random() * REOPEN_MS, signal);
      continue;
    }
    if (signal.aborted) break;
    asksLeft = asksLeft === 0 ? ASKS_BEFORE_STREAM : asksLeft - 1;
    // The server did not answer. A stream is tried next, because an outage says nothing about whether streams work.
    if (!(await catchUp(source, cursor, moveOn, signal))) asksLeft = 0;
    await pause(ASK_MS, signal);
  }
}

/**
 * Asks for the changes after a cursor until there are no more. Returns whether the server has answered; if it has not, the
 * request has told the server monitor.
 */
export async function catchUp(
  source: ChangeSource,
  from: string,
  take: (batch: ChangeBatch) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let cursor = from;
  try {
    for (let upToDate = false; !upToDate && !signal.aborted;) {
      const batch = await source.ask(cursor, signal);
      ({ cursor, upToDate } = batch);
      take(batch);
    }
  } catch (error) {
    if (!source.isExpired(error)) return false;
    take(await afterExpiry(source, cursor));
  }
  return true;
}

/** The server no longer knows all changes, so everything counts as changed. The cursor is read before the data, so nothing is missed. */
async function afterExpiry(source: ChangeSource, cursor: string): Promise<ChangeBatch> {
  return { changed: true, peopleChanged: true, cursor: await source.present().catch(() => cursor), upToDate: false };
}

/** Resolves after this time, or when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
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
