// The same schema, served by Mercurius with its compiler on Fastify, with the floor server's statements. It has no authentication,
// limits, costs, changes or logs. Its arguments are a SQLite file and a port.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { cursorOf, placeOf, shownTime } from '../floor/cursor.ts';
import { sqliteStore } from '../floor/sqlite.ts';

const [, , file = '', port = ''] = process.argv;
const store = sqliteStore(file);

const schema = `
  scalar UUID
  type Query { campaigns(first: Int!, after: String): CampaignConnection!  campaign(uuid: UUID!): Campaign }
  type Mutation { createCampaign(input: CreateCampaignInput!): CreateCampaignPayload! }
  input CreateCampaignInput { name: String!  group: GroupReference! }
  input GroupReference { uuid: UUID  name: String }
  type CreateCampaignPayload { campaign: Campaign }
  type CampaignConnection { edges: [CampaignEdge!]!  pageInfo: PageInfo! }
  type CampaignEdge { cursor: String!  node: Campaign! }
  type PageInfo { hasNextPage: Boolean!  endCursor: String }
  type Campaign { uuid: UUID!  name: String!  archived: Boolean!  createdOn: String!  group: Group! }
  type Group { uuid: UUID!  name: String! }`;

function page(first, after) {
  const rows = store.rows(first + 1, after == null ? null : placeOf(after));
  const more = rows.length > first;
  if (more) rows.pop();
  return { rows, more };
}

const resolvers = {
  Query: { campaigns: (_, { first, after }) => page(first, after), campaign: (_, { uuid }) => store.one(uuid) ?? null },
  Mutation: {
    createCampaign(_, { input }) {
      const uuid = randomUUID();
      const now = Date.now() * 1000;
      const { name, group } = input;
      const groupName = store.create({ uuid, name, key: name.toLowerCase(), group: group.uuid, now });
      return {
        campaign: { uuid, name, is_archived: 0, created_on: now, group_uuid: group.uuid, group_name: groupName },
      };
    },
  },
  CampaignConnection: { edges: ({ rows }) => rows, pageInfo: (connection) => connection },
  CampaignEdge: { cursor: cursorOf, node: (row) => row },
  PageInfo: {
    hasNextPage: ({ more }) => more,
    endCursor: ({ rows }) => (rows.length > 0 ? cursorOf(rows.at(-1)) : null),
  },
  Campaign: {
    archived: (row) => row.is_archived === 1,
    createdOn: (row) => shownTime(row.created_on),
    group: (row) => row,
  },
  Group: { uuid: (row) => row.group_uuid, name: (row) => row.group_name },
};

const text = { type: 'string' };
const group = { type: 'object', properties: { uuid: text, name: text } };
const row = {
  type: 'object',
  properties: { uuid: text, name: text, archived: { type: 'boolean' }, group, created_on: text },
};
const link = { type: ['string', 'null'] };
const list = {
  type: 'object',
  properties: { next: link, previous: link, results: { type: 'array', items: row } },
};

const app = Fastify({ logger: false });
app.register(mercurius, { schema, resolvers, jit: 1, path: '/graphql' });
app.get('/api/v2/campaigns.json', { schema: { response: { 200: list } } }, () => {
  const { rows, more } = page(250, null);
  return {
    next: more ? `http://127.0.0.1:${port}/api/v2/campaigns.json?cursor=${cursorOf(rows.at(-1))}` : null,
    previous: null,
    results: rows.map((found) => ({
      uuid: found.uuid,
      name: found.name,
      archived: found.is_archived === 1,
      group: { uuid: found.group_uuid, name: found.group_name },
      created_on: shownTime(found.created_on),
    })),
  };
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
