import { createContext, useContext } from 'react';
import type { Execute } from '../api/execute.ts';
import { graphql } from '../generated/index.ts';
import { viewerOf, type Viewer } from './viewer-fields.ts';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      ...ViewerFields
    }
    campaigns(first: 1) {
      changesCursor
    }
  }
`);

export async function readViewer(execute: Execute, signal?: AbortSignal): Promise<Viewer> {
  const { viewer, campaigns } = await execute(ViewerQuery, {}, signal);
  return viewerOf(viewer, campaigns.changesCursor);
}

export const ViewerContext = createContext<Viewer | undefined>(undefined);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer needs a ViewerContext above it.');
  return viewer;
}

/** Whether to show the actions that change data. The server checks the role itself; this only hides useless buttons. */
export function useCanWrite(): boolean {
  const { role } = useViewer();
  return role === 'ADMINISTRATOR' || role === 'EDITOR';
}

/**
 * Whether the workspace is kept in a live account. The API of a live account cannot archive, restore or delete campaigns, nor change
 * several at once. So the console does not offer these actions, and the server refuses them too.
 */
export function useIsInAccount(): boolean {
  // An earlier build may have kept a viewer without the field.
  return Boolean(useViewer().workspace.upstream);
}
