import { graphql } from '../generated/index.ts';

/** The fields of a change that the console shows. */
export const ChangeEntry = graphql(`
  fragment ChangeEntry on Change {
    id
    at
    action
    origin
    actor {
      email
      token
    }
    subjectType
    fields {
      name
      before
      after
    }
  }
`);
