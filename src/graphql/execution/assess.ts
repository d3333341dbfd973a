import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Session } from '../../database/database.ts';
import type { WorkspaceId } from '../../database/tables.ts';
import { countChanges } from '../../model/changes.ts';
import { memberList } from '../../model/member-list.ts';
import { workspaceSizes } from '../../model/kept-counts.ts';
import type { ListSizes } from '../../model/scans.ts';
import type { Context } from '../context.ts';
import type { Cost } from './limits.ts';
import { costLimit, exceededLimit } from './limits.ts';
import type { Measured } from './measure.ts';
import { costOf, createMeasure } from './measure.ts';
import { tooCostly } from './would-pass.ts';

/** What an operation may cost, and the error with which it is refused; null when it is within all limits. */
export interface Assessment {
  readonly cost: Cost;
  readonly refused: GraphQLError | null;
}

/** Assesses an operation with the values of its variables, for the workspace of its caller. */
export type AssessOperation = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> | undefined,
  context: Pick<Context, 'session' | 'workspace'>,
) => Promise<Assessment>;

/**
 * Creates the function that decides whether an operation may run. Only an operation that may read a list to its end needs
 * the workspace's sizes: one statement, which reads a few rows, another for the changes, and one that counts the members.
 */
export function createAssess(schema: GraphQLSchema): AssessOperation {
  const measure = createMeasure(schema);
  return async (document, operation, variables, { session, workspace }) => {
    const measured = measure(document, operation, variables);
    const sizes = await sizesOf(measured.scans, session, workspace);
    const cost = costOf(measured, sizes);
    return { cost, refused: exceededLimit(cost) ?? exceededCost(cost, measured, sizes) };
  };
}

const NO_SIZES: ListSizes = new Map();

/** The sizes of these lists, and maybe of others. */
async function sizesOf(lists: readonly string[], session: Session, workspace: WorkspaceId): Promise<ListSizes> {
  if (lists.length === 0) return NO_SIZES;
  const sizes = new Map(Object.entries(await workspaceSizes(session, workspace)));
  if (lists.includes('changes')) sizes.set('changes', await countChanges(session, workspace));
  if (lists.includes('members')) sizes.set('members', await memberList(session, workspace).where({}).count());
  return sizes;
}

function exceededCost(cost: Cost, measured: Measured, sizes: ListSizes): GraphQLError | null {
  return cost.cost > costLimit(cost) ? tooCostly(cost, measured.again(sizes)) : null;
}
