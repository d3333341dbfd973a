import { readFileSync } from 'node:fs';
import { FIXTURE } from './fixture.ts';

export const source = readFileSync(FIXTURE, 'utf8');

export type Lists = Record<string, Record<string, unknown>[]>;

/** The fixture with something changed in it. */
export function changed(change: (lists: Lists) => void): string {
  const lists = JSON.parse(source) as Lists;
  change(lists);
  return JSON.stringify(lists);
}

/** The fixture with one member of one row changed, or removed where the value is undefined. */
export const withMember = (list: string, place: number, member: string, value: unknown) =>
  changed((lists) => Object.assign(lists[list]?.[place] ?? {}, { [member]: value }));
