import type { GraphQLSchema } from 'graphql';
import { graphqlError } from './errors.ts';

/** How long a `clientMutationId` may be, in UTF-16 code units. The answer has it as often as the operation selects it. */
const MAX_LENGTH = 1_000;

interface MutationArguments {
  readonly input?: { readonly clientMutationId?: string | null };
}

/** Makes every mutation of the schema refuse a `clientMutationId` that is too long, before it does anything. */
export function limitMutationIds(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    field.resolve = (root, args: MutationArguments, context, info) => {
      const length = args.input?.clientMutationId?.length ?? 0;
      if (length > MAX_LENGTH) {
        throw graphqlError(
          'BAD_USER_INPUT',
          `\`clientMutationId\` has ${length} characters; it can have at most ${MAX_LENGTH}.`,
        );
      }
      return resolve?.(root, args, context, info);
    };
  }
}
