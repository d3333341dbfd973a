import { expect } from 'vitest';
import type { TokenName } from '../../support/fixture.ts';
import { tokenKey } from '../../support/fixture.ts';
import type { ReadStream, StreamOptions } from '../../support/stream.ts';
import { openStream } from '../../support/stream.ts';

export const LIVE = `subscription Live($after: String, $filter: ChangeFilter, $first: Int) {
  changes(after: $after, filter: $filter, first: $first) {
    changes { revision action subjectUuid subject { ... on Campaign { name } ... on Group { name } } }
    cursor
    upToDate
  }
}`;

export interface Batch {
  readonly changes: readonly {
    readonly revision: number;
    readonly action: string;
    readonly subject: { name: string } | null;
  }[];
  readonly cursor: string;
  readonly upToDate: boolean;
}

export interface Asked extends StreamOptions {
  readonly as?: TokenName;
  readonly query?: string;
  readonly variables?: object;
}

/** Opens a stream at a server. Without options it is LIVE, for admin2. */
export const followAt = (url: string, { as = 'admin2', query = LIVE, variables = {}, headers, ...rest }: Asked = {}) =>
  openStream(`${url}/graphql`, {
    headers: { authorization: `Bearer ${tokenKey(as)}`, ...headers },
    body: { query, variables },
    ...rest,
  });

/** The same by GET, with these parameters in the address. */
export const followByGetAt = (url: string, parameters: Record<string, string>) =>
  openStream(`${url}/graphql?${new URLSearchParams(parameters).toString()}`, {
    method: 'GET',
    headers: { authorization: `Bearer ${tokenKey('admin2')}` },
  });

/** The next batch of a stream. Fails the test if another event comes. */
export async function batch(stream: ReadStream): Promise<Batch> {
  const event = await stream.next();
  expect(event).toMatchObject({ event: 'next', data: { data: { changes: {} } } });
  const answer = event?.data as { data: { changes: Batch } };
  const { changes } = answer.data;
  expect(event?.id).toBe(changes.cursor);
  return changes;
}

/** All events that a stream still has. */
export const rest = async (stream: ReadStream) => {
  const events: unknown[] = [];
  for (let event = await stream.next(); event; event = await stream.next()) events.push(event);
  return events;
};
