import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { encodeChangeCursor } from './change-cursor.ts';
import type { Loaders } from './loaders.ts';

/** The name of the field. */
export const CHANGES_CURSOR = 'changesCursor';

/** What is looked at of a resolver's `info`. */
export type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/**
 * The `changesCursor` of a connection that is about to be read; undefined when it is not selected. It must be read before the
 * page, because a change between them would be in neither. Lists whose cursor is not selected cost no statement more.
 */
export async function changesCursor(loaders: Loaders, info: Info): Promise<string | undefined> {
  if (!isSelected(info)) return undefined;
  const state = await loaders.feedState();
  // The pages that follow must have all changes before the cursor, also those that other requests read.
  loaders.seen?.note(state.revision);
  return encodeChangeCursor('changes', state);
}

/** Kept by the field's node, because the same documents come again and again. */
const known = new WeakMap<FieldNode, boolean>();

function isSelected({ fieldNodes, fragments }: Info): boolean {
  return fieldNodes.some((node) => {
    let selected = known.get(node);
    if (selected === undefined) {
      selected = node.selectionSet !== undefined && selects(node.selectionSet, fragments, new Set());
      known.set(node, selected);
    }
    return selected;
  });
}

/** Whether the field is among the selections. What a directive may leave out is taken as selected. */
function selects({ selections }: SelectionSetNode, fragments: Info['fragments'], visited: Set<string>): boolean {
  return selections.some((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.name.value === CHANGES_CURSOR;
      case Kind.INLINE_FRAGMENT:
        return selects(selection.selectionSet, fragments, visited);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments[selection.name.value];
        if (!fragment || visited.has(selection.name.value)) return false;
        visited.add(selection.name.value);
        return selects(fragment.selectionSet, fragments, visited);
      }
    }
  });
}
