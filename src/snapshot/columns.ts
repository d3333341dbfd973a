import type { Flag, Micros } from '../database/tables.ts';
import { isStorable } from '../encoding/storable.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { MAX_CONTACT_COUNT } from '../model/group.ts';
import { MAX_ENCODED_LENGTH } from '../model/names.ts';
import { formatTime, isExact, parseTime } from '../model/time.ts';

/** A value in a snapshot cannot be used. The message says what would be right; the caller adds where the value is. */
export class WrongValue extends Error {}

/** Reads a member of a snapshot's rows from JSON, and writes it. */
export interface Column<Stored> {
  /** Throws WrongValue. */
  read(value: unknown): Stored;
  write(stored: Stored): unknown;
}

const plain = <Stored>(is: (value: unknown) => boolean, right: string): Column<Stored> => ({
  read(value) {
    if (!is(value)) throw new WrongValue(right);
    return value as Stored;
  },
  write: (stored) => stored,
});

const isText = (value: unknown): value is string => typeof value === 'string' && isStorable(value);

export const text = plain<string>(isText, 'must be text');

export const filledText = plain<string>((value) => isText(value) && value !== '', 'must be text that is not empty');

/** The name of a group or a campaign. The rules for names do not apply to it, because a mirror has the names of its account. */
export const keptName = plain<string>(
  (value) => isText(value) && value.length <= MAX_ENCODED_LENGTH,
  `must be text of at most ${MAX_ENCODED_LENGTH} characters`,
);

/** So many rows can still be added after the last one, before their numbers are no longer exact in JavaScript. */
const MAX_ID = 2 ** 52;

/** A row's number, or a reference to one. */
export const id = plain<number>(
  (value) => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= MAX_ID,
  `must be a whole number from 1 to ${MAX_ID}`,
);

export const contactCount = plain<number>(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MAX_CONTACT_COUNT,
  `must be a whole number from 0 to ${MAX_CONTACT_COUNT}`,
);

export const oneOf = <Name extends string>(...names: Name[]): Column<Name> =>
  plain<Name>((value) => names.some((name) => name === value), `must be one of ${names.join(', ')}`);

export const flag: Column<Flag> = {
  read(value) {
    if (typeof value !== 'boolean') throw new WrongValue('must be true or false');
    return value ? 1 : 0;
  },
  write: (stored) => stored === 1,
};

export const uuid: Column<string> = {
  read(value) {
    const parsed = typeof value === 'string' ? parseUuid(value) : null;
    if (parsed === null) throw new WrongValue('must be a UUID');
    return parsed;
  },
  write: (stored) => stored,
};

export const time: Column<Micros> = {
  read(value) {
    const parsed = typeof value === 'string' ? parseTime(value) : null;
    if (parsed === null || !isExact(parsed)) {
      throw new WrongValue('must be a time like 2024-01-31T09:30:00.123456Z, from 1684 to 2255');
    }
    return parsed;
  },
  write: formatTime,
};

/** The same column for a member that may be null. */
export function orNull<Stored>(column: Column<Stored>): Column<Stored | null> {
  return {
    read(value) {
      if (value === null) return null;
      try {
        return column.read(value);
      } catch (error) {
        throw error instanceof WrongValue ? new WrongValue(`${error.message}, or null`) : error;
      }
    },
    write: (stored) => (stored === null ? null : column.write(stored)),
  };
}

/** The same column for a member that may be missing. */
export function optional<Stored>(column: Column<Stored>): Column<Stored | undefined> {
  return {
    read: (value) => (value === undefined ? undefined : column.read(value)),
    write: (stored) => (stored === undefined ? undefined : column.write(stored)),
  };
}
