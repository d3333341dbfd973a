import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST, getVariableValues, Kind, OperationTypeNode, visit } from 'graphql';
import { JsonWriter } from '../../../encoding/json-writer.ts';
import type { Context } from '../../context.ts';
import type { JsonResult, Operation, RowsFormat } from '../operation.ts';
import { Selections } from '../selections.ts';
import { Planner } from './planner.ts';
import type { ObjectPlan } from './plans.ts';

/**
 * Executes a query without errors and writes its result as JSON. Resolves with null when the writer cannot execute the operation, and
 * rejects with the first error. graphql-js must execute it then. Reads have no effect, so they can be repeated.
 */
export type WriteAnswer = (operation: Operation, context: Context) => Promise<JsonResult | null>;

/**
 * How many fields the kept plans have together, at most. When there are more, all plans are dropped and made again as they
 * are needed. A field takes about 300 bytes.
 */
const MAX_KEPT_FIELDS = 50_000;

/** A query with its plans. */
interface KnownQuery {
  readonly format: RowsFormat | undefined;
  /** The variables that decide which fields are selected. */
  readonly conditions: readonly string[];
  /** The plans by the values of the conditions. null means that graphql-js executes the query. */
  readonly plans: Map<string, ObjectPlan | null>;
}

/** Lets other work run when the work since `started`, a time of performance.now(), has taken long. Returns undefined when it has not. */
export type Pause = (started: number) => Promise<void> | undefined;

/**
 * Creates the function that writes the answers of queries. It makes the plan of each query once. It pauses between reading and
 * writing, each of which takes half of the time of a large page.
 */
export function answerWriter(schema: GraphQLSchema, pause: Pause = () => undefined): WriteAnswer {
  // The keys are weak, so that an entry disappears when Apollo drops the document from its cache.
  let known = new WeakMap<OperationDefinitionNode, KnownQuery>();
  let keptFields = 0;
  const out = new JsonWriter();

  return async (operation, context) => {
    const definition = getOperationAST(operation.document, operation.operationName);
    if (definition?.operation !== OperationTypeNode.QUERY) return null;
    const variables = coerced(definition, operation.variables);
    const plan = variables && planOf(operation, definition, variables);
    if (!plan) return null;
    const started = performance.now();
    const prepared = await plan.prepare({}, { context, variables });
    await pause(started);
    return write(plan, prepared);
  };

  function coerced(
    { variableDefinitions = [] }: OperationDefinitionNode,
    given: Operation['variables'] = {},
  ): Record<string, unknown> | undefined {
    if (variableDefinitions.length === 0) return {};
    // One error is enough to know. An error for each of many wrong values would take seconds.
    return getVariableValues(schema, variableDefinitions, given, { maxErrors: 1 }).coerced;
  }

  function planOf(
    { document, rows }: Operation,
    definition: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): ObjectPlan | null {
    let query = known.get(definition);
    if (query?.format !== rows) query = undefined;
    if (!query) known.set(definition, (query = { format: rows, conditions: conditionsOf(document), plans: new Map() }));
    // graphql-js refuses null, which a variable with a default can be.
    if (query.conditions.some((name) => variables[name] === null)) return null;
    const key = query.conditions.map((name) => String(variables[name])).join(' ');
    let plan = query.plans.get(key);
    if (plan === undefined) {
      const planner = new Planner(schema, new Selections(document, variables), rows);
      plan = planned(planner, definition);
      query.plans.set(key, plan);
      // Each plan counts as one field more, because a plan without fields takes as much memory as a field does.
      keptFields += 1 + (plan ? planner.fields : 0);
      if (keptFields > MAX_KEPT_FIELDS) {
        known = new WeakMap();
        keptFields = 0;
      }
    }
    return plan;
  }

  function write(plan: ObjectPlan, prepared: unknown): JsonResult {
    out.clear();
    plan.write(out, prepared);
    return { data: out.text(), rows: out.aside };
  }
}

/** The names of the variables in the directives of the document, which are `@skip` and `@include` alone. */
function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function planned(planner: Planner, definition: OperationDefinitionNode): ObjectPlan | null {
  try {
    return planner.operation(definition);
  } catch {
    return null;
  }
}
