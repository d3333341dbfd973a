import { createContext, useContext } from 'react';
import type { Execute } from '../api/execute.ts';
import { graphql } from '../generated/index.ts';
import { viewerOf, type Viewer } from './viewer-fields.ts';

export type { Viewer };

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
 * Whether the workspace is kept in a live account. Its API cannot archive, restore and delete campaigns, nor change several at once,
 * so that the console does not offer it. The server refuses it all the same.
 */
export function useIsInAccount(): boolean {
  // An earlier build may have kept a viewer without the field.
  return Boolean(useViewer().workspace.upstream);
}
