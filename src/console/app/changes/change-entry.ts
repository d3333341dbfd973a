import { graphql } from '../generated/index.ts';

/** What is told of a change. */
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
