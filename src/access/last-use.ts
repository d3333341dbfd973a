import type { Database, Session } from '../database/database.ts';
import { makeRoom } from '../memory/make-room.ts';
import { paused } from '../waiting/paused.ts';
import type { Micros } from '../database/tables.ts';
import { inParts } from '../model/parts.ts';
import { clockTime, DAY, MAX_CLOCK_STEP } from '../model/time.ts';
import type { TokenState } from './identity.ts';

/** How long, in ms, uses are collected before they are written together. */
export const COLLECT = 60_000;

/** Of how many tokens it is known that the day of their last use is written. */
const MAX_KNOWN = 10_000;

/** How long, in ms, the last write may take when the server stops. */
const CLOSE_TIMEOUT = 1_000;

/** Notes that a token has been used. Returns at once; the database is written later. */
export type RecordUse = (token: TokenState) => void;

export interface LastUse {
  readonly record: RecordUse;
  /** Writes what has been collected, and records nothing more. Resolves when it is written or has failed, or after CLOSE_TIMEOUT. */
  close(): Promise<void>;
}

/**
 * Keeps the day on which each token was last used, in UTC. A token is written once a day at most: the first use of a day
 * is written within COLLECT ms, together with the first uses of other tokens. If the write fails, `onError` hears of
 * it, and it is tried again after COLLECT ms.
 */
export function lastUse(database: Database, onError: (error: unknown) => void): LastUse {
  /** The day of the use, by the id of the token. */
  const unwritten = new Map<number, Micros>();
  /** The day that was written last, by the id of the token. A remembered caller has the day from before. */
  const written = new Map<number, Micros>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const write = async (): Promise<void> => {
    timer = undefined;
    if (unwritten.size === 0) return;
    const uses = [...unwritten];
    try {
      await writeUses(database, uses);
      for (const [id, day] of uses) {
        if (unwritten.get(id) === day) unwritten.delete(id);
        makeRoom(written, MAX_KNOWN);
        written.set(id, day);
      }
    } catch (error) {
      onError(error);
      schedule();
    }
  };
  const schedule = (): void => {
    if (!closed) timer ??= setTimeout(() => void write(), COLLECT).unref();
  };

  return {
    record({ id, lastUsedOn }) {
      const day = today();
      if (isKnown(lastUsedOn, day) || isKnown(written.get(id) ?? null, day)) return;
      unwritten.set(id, day);
      schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.race([write(), paused(CLOSE_TIMEOUT)]);
    },
  };
}

async function writeUses(database: Database, uses: readonly (readonly [id: number, day: Micros])[]): Promise<void> {
  const write = async ({ db }: Session) => {
    for (const [day, ofDay] of Map.groupBy(uses, ([, one]) => one)) {
      for (const part of inParts(ofDay.map(([id]) => id))) {
        await db
          .updateTable('api_tokens')
          .set({ last_used_on: day })
          .where('id', 'in', part)
          // Another process may have written it already.
          .where((eb) =>
            eb.or([
              eb('last_used_on', 'is', null),
              eb('last_used_on', '<', day),
              eb('last_used_on', '>', day + MAX_CLOCK_STEP),
            ]),
          )
          .execute();
      }
    }
  };
  await database.administer(write, { changesAccess: false, brief: true });
}

/**
 * Whether the written day need not be changed by a use on `day`. A day that is more than MAX_CLOCK_STEP ahead is changed: it was written
 * by a wrong clock, and would otherwise stay until it has come.
 */
function isKnown(writtenDay: Micros | null, day: Micros): boolean {
  return writtenDay !== null && writtenDay >= day && writtenDay <= day + MAX_CLOCK_STEP;
}

/** The start of the present day in UTC. */
function today(): Micros {
  const time = clockTime();
  return time - (time % DAY);
}
