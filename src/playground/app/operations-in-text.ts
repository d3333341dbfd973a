const KINDS = ['query', 'mutation', 'subscription'] as const;

export interface OperationInText {
  readonly kind: (typeof KINDS)[number];
  readonly name: string | undefined;
  /** The position after the operation, in UTF-16 code units from the start. Infinite if the operation is not closed yet. */
  readonly end: number;
}

/** Strings, comments, brackets and words. Words keep their sign, so that `@query` and `$query` are not keywords. */
const TOKENS = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#.*|[{}()[\]]|[@$]?\w+/g;

/**
 * The operations of a document, in their order. graphql-js is not used here, because it would have to be loaded with the page, and
 * because it refuses a text that is still being written.
 */
export function operationsIn(text: string): OperationInText[] {
  const operations: OperationInText[] = [];
  let depth = 0;
  /** The words of the current definition that are outside brackets, such as `query`, `Campaigns` and `@live`. */
  let words: string[] = [];
  const endDefinition = (end: number) => {
    const [keyword = 'query', name] = words;
    words = [];
    const kind = KINDS.find((one) => one === keyword);
    if (kind) operations.push({ kind, name: name?.startsWith('@') ? undefined : name, end });
  };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token.startsWith('"') || token.startsWith('#')) continue;
    if ('{(['.includes(token)) depth += 1;
    else if (!'})]'.includes(token)) {
      if (depth === 0) words.push(token);
    } else if (depth > 0) {
      depth -= 1;
      // Lists and arguments close with another bracket, so this is the end of the definition's fields.
      if (depth === 0 && token === '}') endDefinition(index + 1);
    }
  }
  if (depth > 0 || words.length > 0) endDefinition(Infinity);
  return operations;
}
