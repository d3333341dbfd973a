import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { ReportError } from '../../http/internal-error.ts';
import { asError } from '../../thrown.ts';
import type { Context } from '../context.ts';
import type { Pause } from './answer/writer.ts';
import { createAssess } from './assess.ts';
import type { ExecuteCostly } from './costly-executor.ts';
import { createExecute } from './execute.ts';
import { tooManyValues } from './given-values.ts';
import { severalMutations } from './idempotency.ts';
import type { Cost } from './limits.ts';
import type { Operation, OperationResult, RunOperation } from './operation.ts';
import { shownError } from './shown-error.ts';
import { briefInMessages, isSmall } from './shown-values.ts';
import { createSubscribe } from './subscribe.ts';
import { variableErrors } from './variables.ts';

/** A query with at least this cost is costly. Answering a cheaper one takes less time than passing it to a worker. */
export const COSTLY = 1_000;

/**
 * How much more a unit of scanning counts against COSTLY. Scanning takes the whole time that its price stands for; most
 * objects take a fraction of it.
 */
const SCANNED_WEIGHT = 5;

/** Where costly queries run. */
export interface CostlyQueries {
  readonly execute: ExecuteCostly;
  /** The cost from which a query is costly. */
  readonly from: number;
}

/**
 * Creates the only function that runs operations. GraphQL over HTTP and REST both use it. An operation that exceeds a limit is
 * refused before any of its fields is read. `costly` executes costly queries where no other request waits for them; without it
 * they run like all others. Internal errors are reported with the request's id; the caller sees only the id. `pause` is called
 * between reading and writing, and between measuring and executing an operation with large variables, each of which coerces them.
 */
export function createRunOperation(
  schema: GraphQLSchema,
  report: ReportError,
  costly: CostlyQueries | null = null,
  pause?: Pause,
): RunOperation {
  const assess = createAssess(schema);
  const execute = createExecute(schema, report, pause);
  const subscribe = createSubscribe(schema, report);
  return async (given, context) => {
    const definition = getOperationAST(given.document, given.operationName);
    if (!definition) return { ...(await execute(given, context)), cost: null };
    const started = performance.now();
    const excess = given.variables && !isSmall(given.variables) && tooManyValues(schema, definition, given.variables);
    if (excess) return { kind: 'single', result: { errors: [excess] }, cost: null };
    const operation = { ...given, variables: briefInMessages(schema, definition, given.variables) };
    let assessment;
    try {
      assessment = await assess(operation.document, definition, operation.variables, context);
    } catch (error) {
      // The sizes of the workspace could not be read.
      return failed(error, context, null);
    }
    if (operation.variables !== given.variables) await pause?.(started);
    const { cost } = assessment;
    const refused = assessment.refused ?? (context.idempotency && severalMutations(cost));
    if (refused) return { kind: 'single', result: { errors: [refused] }, cost };
    if (context.signal.aborted) return failed(context.signal.reason, context, cost);
    if (cost.kind === OperationTypeNode.SUBSCRIPTION) return subscribe(operation, context, cost);
    if (costly && isCostly(cost, costly.from)) {
      return executeCostly(costly.execute, operation, definition, context, cost);
    }
    return { ...(await execute(operation, context)), cost };
  };

  async function executeCostly(
    executeQuery: ExecuteCostly,
    operation: Operation,
    definition: OperationDefinitionNode,
    context: Context,
    cost: Cost,
  ): Promise<OperationResult> {
    // Variables are checked here, because REST finds the wrong one by its node in the document.
    const errors = variableErrors(schema, definition, operation.variables);
    if (errors) return { kind: 'single', result: { errors }, cost };
    try {
      return { ...(await executeQuery(operation, context)), cost };
    } catch (error) {
      return failed(error, context, cost);
    }
  }

  function failed(error: unknown, { requestId }: Context, cost: Cost | null): OperationResult {
    return { kind: 'single', result: { errors: [shownError(asError(error), requestId, report)] }, cost };
  }
}

function isCostly({ kind, cost, scanned }: Cost, from: number): boolean {
  return kind === OperationTypeNode.QUERY && Math.max(cost, scanned * SCANNED_WEIGHT) >= from;
}
