import { createHash } from 'node:crypto';
import { isRecord } from '../encoding/is-record.ts';
import { isStorable } from '../encoding/storable.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { GROUP_STATUSES } from '../database/tables.ts';
import { MAX_CONTACT_COUNT } from '../model/group.ts';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { MAX_ENCODED_LENGTH } from '../model/names.ts';
import { isExact, parseTime } from '../model/time.ts';

// Checks the answers of an account and gives them types. Members that are not used are ignored.

/** The workspace of a token: `workspace.json`. */
export interface AccountWorkspace {
  readonly uuid: string;
  readonly name: string;
}

/** A page of a list, newest first. */
export interface AccountPage<Row> {
  readonly rows: readonly Row[];
  /** The cursor of the next page; null after the last one. Only the cursor of the `next` link is used, because a link may lead anywhere. */
  readonly next: string | null;
  /** Pages with the same digest have the same rows. Numbers of contacts are left out of it, because they change all the time. */
  readonly digest: string;
}

/** An answer does not have the form that API v2 defines. Every function that reads one throws this. */
export class UnreadableAnswer extends Error {}

export function readWorkspace(body: unknown): AccountWorkspace {
  const { uuid, name } = members(body);
  return { uuid: uuidOf(uuid), name: nameFrom(name) };
}

export function readCampaign(body: unknown): MirroredCampaign {
  const { uuid, name, archived = false, group, created_on: created } = members(body);
  const time = typeof created === 'string' ? parseTime(created) : null;
  if (time === null) throw new UnreadableAnswer('a campaign has no time of creation');
  if (!isExact(time)) throw new UnreadableAnswer('a campaign was not created in the years 1684 to 2255');
  const of = members(group);
  return {
    uuid: uuidOf(uuid),
    name: nameFrom(name),
    archived: archived === true,
    group: { uuid: uuidOf(of.uuid), name: nameFrom(of.name) },
    createdOn: time,
  };
}

/** Members that servers before version 26 do not send get the value that most groups have. */
export function readGroup(body: unknown): MirroredGroup {
  const { uuid, name, query = null, status = 'ready', system = false, count = 0 } = members(body);
  return {
    uuid: uuidOf(uuid),
    name: nameFrom(name),
    query: query === null ? null : textOf(query, 'query'),
    status: GROUP_STATUSES.find((known) => known === status) ?? 'ready',
    system: system === true,
    count: Number.isSafeInteger(count) ? Math.min(Math.max(0, Number(count)), MAX_CONTACT_COUNT) : 0,
  };
}

export function readPage<Row>(body: unknown, readRow: (row: unknown) => Row): AccountPage<Row> {
  const { results, next } = members(body);
  if (!Array.isArray(results)) throw new UnreadableAnswer('it has no list of results');
  const rows = results.map(readRow);
  return {
    rows,
    next: next === null || next === undefined ? null : cursorOf(next),
    digest: createHash('sha256')
      .update(JSON.stringify(rows, (member, value: unknown) => (member === 'count' ? undefined : value)))
      .digest('base64'),
  };
}

/** The answer to a deletion has no body. Without this check, a page of a proxy with the status 200 would count as a deletion. */
export function readNothing(body: unknown): null {
  if (body !== undefined) throw new UnreadableAnswer('it has a body, and a deletion is answered without one');
  return null;
}

/** The UUIDs of the campaigns in `definitions.json`. */
export function readDefinedCampaigns(body: unknown): ReadonlySet<string> {
  const { campaigns } = members(body);
  if (!Array.isArray(campaigns)) throw new UnreadableAnswer('it has no list of campaigns');
  return new Set(campaigns.map((campaign) => uuidOf(members(campaign).uuid)));
}

function cursorOf(link: unknown): string {
  const cursor = typeof link === 'string' ? URL.parse(link)?.searchParams.get('cursor') : null;
  if (!cursor) throw new UnreadableAnswer('its link to the next page has no cursor');
  return cursor;
}

function members(body: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(body)) throw new UnreadableAnswer('it is not a JSON object');
  return body;
}

function uuidOf(value: unknown): string {
  const uuid = typeof value === 'string' ? parseUuid(value) : null;
  if (uuid === null) throw new UnreadableAnswer('a UUID is missing');
  return uuid;
}

function nameFrom(value: unknown): string {
  const name = textOf(value, 'name');
  if (name.length > MAX_ENCODED_LENGTH) throw new UnreadableAnswer('a name is too long');
  return name;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || !isStorable(value)) throw new UnreadableAnswer(`"${name}" is not text`);
  return value;
}
