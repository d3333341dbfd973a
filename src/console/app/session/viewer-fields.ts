import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import type { ViewerFieldsFragment } from '../generated/graphql.ts';

// This file must import no library, because the first script of the page contains it.

export const ViewerFields = graphql(`
  fragment ViewerFields on Viewer {
    role
    user {
      email
    }
    workspace {
      uuid
      name
      upstream {
        url
      }
    }
  }
`);

export type ViewerRef = FragmentType<typeof ViewerFields>;

/** The signed-in user. */
export type Viewer = ViewerFieldsFragment & {
  /** A cursor of the changes. All data that is read with the viewer or later already contains the changes before this cursor. */
  changesCursor: string;
  /** When the viewer was read, in ms since 1970. */
  readAt: number;
  /** Whether the viewer was read by an earlier visit, and the server has not answered yet. */
  kept: boolean;
};

export function viewerOf(ref: ViewerRef, changesCursor: string): Viewer {
  return { ...getFragmentData(ViewerFields, ref), changesCursor, readAt: Date.now(), kept: false };
}
