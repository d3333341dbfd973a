import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { makeRoom } from '../../memory/make-room.ts';
import type { ListSizes } from '../../model/scans.ts';
import { scannedRows } from '../../model/scans.ts';
import type { Cost } from './limits.ts';
import { Measurement } from './measurement.ts';
import { PRICES } from './prices.ts';
import { Selections } from './selections.ts';
import type { VariableShapes } from './shape.ts';
import { variableShapes } from './shape.ts';
import type { Size } from './size.ts';
import { EMPTY } from './size.ts';
import type { Remeasure } from './would-pass.ts';

/** How many measurements are cached for one operation. There is one for each shape of its variables. */
const MAX_MEASURED = 50;

/** A measured operation. What it costs depends on the sizes of the workspace's lists. */
export interface Measured {
  readonly kind: OperationTypeNode;
  readonly size: Size & { readonly rootFields: number };
  /** The lists that it may read to their end. The sizes of others do not matter. */
  readonly scans: readonly string[];
  /** Measures a refused operation again, as if it asked for less. */
  again(sizes: ListSizes): Remeasure;
}

/** Measures an operation with the values of its variables. */
export type MeasureOperation = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Record<string, unknown>,
) => Measured;

interface Known {
  readonly shapes: VariableShapes;
  readonly measured: Map<string, Measured>;
}

/**
 * Measures operations. Measurements are cached by operation and by the shape of its variables, because measuring takes
 * longer than reading one row.
 */
export function createMeasure(schema: GraphQLSchema): MeasureOperation {
  const known = new WeakMap<OperationDefinitionNode, Known>();
  return (document, operation, variables = {}) => {
    let found = known.get(operation);
    if (!found) known.set(operation, (found = { shapes: variableShapes(schema, operation), measured: new Map() }));
    const { shapes, measured: cached } = found;
    const key = shapes.keyOf(variables);
    let measured = cached.get(key);
    if (!measured) {
      const representative = shapes.representative(variables);
      // Variables that cannot be used have no place in the cache, because usable ones can have the same shape.
      if (!representative) return unusable(operation);
      measured = measureAnew(schema, document, operation, representative);
      makeRoom(cached, MAX_MEASURED);
      cached.set(key, measured);
    }
    return measured;
  };
}

/** What a measured operation costs in a workspace with these sizes. */
export function costOf({ kind, size }: Pick<Measured, 'kind' | 'size'>, sizes: ListSizes): Cost {
  const { depth, aliases, rootFields } = size;
  const scanned = scannedUnits(size, sizes);
  return { kind, cost: Math.ceil(size.units + scanned), scanned: Math.ceil(scanned), depth, aliases, rootFields };
}

function scannedUnits({ scans, scansEach }: Size, sizes: ListSizes): number {
  return (scannedRows(scans, sizes) + scannedRows(scansEach, sizes)) * PRICES.scannedRow;
}

function measureAnew(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Measured {
  const kind = operation.operation;
  const measure = () => new Measurement(schema, new Selections(document, variables));
  const size = measure().operation(operation);
  return {
    kind,
    size,
    scans: [...size.scans, ...size.scansEach].map(({ list }) => list),
    again(sizes) {
      const measurement = measure();
      return {
        cost: (lessening) => costOf({ kind, size: measurement.lessened(lessening).operation(operation) }, sizes).cost,
        rootCosts: () => measurement.roots(operation).map((root) => Math.ceil(root.units + scannedUnits(root, sizes))),
      };
    },
  };
}

/** The measurement of an operation that is not executed, because the values of its variables cannot be used. */
function unusable({ operation }: OperationDefinitionNode): Measured {
  return {
    kind: operation,
    size: { ...EMPTY, rootFields: 0 },
    scans: [],
    again: () => ({ cost: () => 0, rootCosts: () => [] }),
  };
}
