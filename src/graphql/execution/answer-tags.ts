import type { DocumentNode } from 'graphql';
import { BREAK, visit } from 'graphql';
import type { Identity } from '../../access/identity.ts';
import type { Database } from '../../database/database.ts';
import { entityTag } from '../../http/entity-tag.ts';
import { rememberedFeedStates } from '../../model/feed-state.ts';
import { buildId } from './build-id.ts';

/** What an answer depends on besides the workspace's data. */
export interface TaggedRequest {
  /** The address of the request. For REST it includes the origin, because the links in the answer are made of it. */
  readonly address: string;
  readonly accept: string | undefined;
}

/**
 * Returns the entity tag for the answer to a GET of an operation that depends on the workspace's data alone; null when there is
 * none. A tag belongs to one address, and only successful answers get one. A request that sends the tag back therefore has
 * valid parameters. Ask for the tag before anything is read, because an answer must not be older than its tag.
 */
export type TagOf = (viewer: Identity, request: TaggedRequest) => Promise<string | null>;

/** With a replica there are no tags: what is read from it may be older than the state that the tag would stand for. */
export function answerTags(database: Pick<Database, 'reader' | 'dataVersion' | 'replica'>): TagOf {
  const stateOf = rememberedFeedStates(database);
  const build = buildId();
  return async ({ workspace, user, role }, { address, accept = null }) => {
    if (database.replica() !== null) return null;
    const { epoch, revision, removed } = await stateOf(workspace.id);
    // The user is included, because users see their own tokens.
    return entityTag([build, epoch, workspace.uuid, revision, removed, user.id, role, address, accept]);
  };
}

/** The fields whose values can change without a change of the workspace's data. A user who is `active` or not is so in all workspaces. */
const OTHER_FIELDS: ReadonlySet<string> = new Set(['viewer', 'webhooks', 'lastUsedOn', 'active']);

const known = new WeakMap<DocumentNode, boolean>();

/** Whether the document asks for nothing but the workspace's data and the schema. */
export function dependsOnDataAlone(document: DocumentNode): boolean {
  let alone = known.get(document);
  if (alone === undefined) {
    alone = true;
    visit(document, {
      Field({ name }) {
        if (!OTHER_FIELDS.has(name.value)) return undefined;
        alone = false;
        return BREAK;
      },
    });
    known.set(document, alone);
  }
  return alone;
}
