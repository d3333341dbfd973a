import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { encodeChangeCursor } from './feed-cursor.ts';
import type { Loaders } from './loaders.ts';

/** The name of the field. */
export const CHANGES_CURSOR = 'changesCursor';

/** The members of a resolver's `info` that are used here. */
export type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/**
 * Reads the `changesCursor` of a connection. Returns undefined, without running a statement, when it is not selected. Call it
 * before the page is read, because a change that is committed between the page and a later cursor would be in neither.
 */
export async function changesCursor(loaders: Loaders, info: Info): Promise<string | undefined> {
  if (!isSelected(info)) return undefined;
  const state = await loaders.feedState();
  // Later reads of the workspace, also those of other requests, must have all changes before the cursor.
  loaders.seen?.note(state.revision);
  return encodeChangeCursor('changes', state);
}

/** Cached by the field's node, because the same documents come again and again. */
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

/** Whether the field is among the selections. A selection that a directive may leave out counts as selected. */
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
