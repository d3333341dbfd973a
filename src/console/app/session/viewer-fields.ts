import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import type { ViewerFieldsFragment } from '../generated/graphql.ts';

// The script in the page has this file, so that it imports no library.

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
  /** A cursor of the changes. Everything that is read later, or together with the viewer, has the changes before it. */
  changesCursor: string;
  /** When the viewer was read, in ms since 1970. */
  readAt: number;
  /** Whether the viewer was read by an earlier visit, and the server has not answered yet. */
  kept: boolean;
};

export function viewerOf(ref: ViewerRef, changesCursor: string): Viewer {
  return { ...getFragmentData(ViewerFields, ref), changesCursor, readAt: Date.now(), kept: false };
}
