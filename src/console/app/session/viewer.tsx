import { createContext, useContext } from 'react';
import { graphql } from '../generated/index.ts';
import type { ViewerQuery as ViewerData } from '../generated/graphql.ts';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      role
      user {
        email
      }
      workspace {
        uuid
        name
      }
    }
  }
`);

export type Viewer = ViewerData['viewer'];

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
