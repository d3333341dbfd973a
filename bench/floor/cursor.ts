import type { Place, Row } from './store.ts';

/** A cursor without any check of its validity. */
export function cursorOf({ created_on: time, id }: Pick<Row, 'created_on' | 'id'>): string {
  return Buffer.from(`${time}:${id}`).toString('base64url');
}

export function placeOf(cursor: string): Place {
  const [time = 0, id = 0] = Buffer.from(cursor, 'base64url').toString().split(':').map(Number);
  return [time, id];
}

/** A time in microseconds, shown with milliseconds. */
export function shownTime(micros: number): string {
  return new Date(micros / 1000).toISOString();
}
