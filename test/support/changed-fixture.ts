import { readFileSync } from 'node:fs';
import { FIXTURE } from './fixture.ts';

export const source = readFileSync(FIXTURE, 'utf8');

export type Lists = Record<string, Record<string, unknown>[]>;

/** The text of the fixture after `change`. */
export function changed(change: (lists: Lists) => void): string {
  const lists = JSON.parse(source) as Lists;
  change(lists);
  return JSON.stringify(lists);
}

/** The text of the fixture with one member of one row changed. An undefined value removes the member. */
export const withMember = (list: string, place: number, member: string, value: unknown) =>
  changed((lists) => Object.assign(lists[list]?.[place] ?? {}, { [member]: value }));
