import type { ListPlace } from '../generated/graphql.ts';
import { justBefore } from '../ui/just-before.ts';
import type { ReadFrom } from './loaded-list.ts';

export interface ListOrder {
  field: 'CREATED' | 'NAME';
  direction: 'ASC' | 'DESC';
}

const MONTH = /^(\d{4})-(\d{2})$/;
/** The highest code point. All names that begin with a text sort before that text followed by this character. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Where to begin, for the text in the address: `end`, the beginning of a name, or a month such as `2024-05` in the user's
 * time zone. The start of the list if the text is none of these for the order.
 */
export function readFrom(at: string | undefined, { field, direction }: ListOrder): ReadFrom<ListPlace> {
  if (at === undefined || at === 'end') return at ?? 'start';
  if (field === 'NAME') return { name: direction === 'ASC' ? at : at + LAST_CHARACTER };
  const [, year, month] = MONTH.exec(at)?.map(Number) ?? [];
  if (year === undefined || month === undefined) return 'start';
  return {
    createdOn: direction === 'ASC' ? new Date(year, month - 1).toISOString() : justBefore(new Date(year, month)),
  };
}

/** The text in the address for the month of a time. */
export function placeOfMonth(time: Date): string {
  return `${String(time.getFullYear()).padStart(4, '0')}-${String(time.getMonth() + 1).padStart(2, '0')}`;
}
