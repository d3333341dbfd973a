/** The maximum length of an idempotency key, in characters. */
export const MAX_KEY_LENGTH = 255;

/** What is wrong with an `Idempotency-Key` header. The message says what would be right. */
export interface IdempotencyKeyProblem {
  readonly problem: string;
}

/** A String of RFC 8941, section 3.3.3: printable ASCII between quotation marks, with `\"` and `\\` for `"` and `\`. */
const QUOTED = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;

// Several headers of one name arrive joined by commas, so a key without quotation marks has no comma.
const BARE = /^[!#-+\--:<-[\]-~]+$/;

/**
 * Reads the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07, section 2.1); undefined when there is
 * none. The draft has the key between quotation marks. A key without them is accepted, because many clients send it so.
 */
export function parseIdempotencyKey(
  header: string | readonly string[] | undefined,
): { readonly key: string } | IdempotencyKeyProblem | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  const quoted = QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1');
  const key = quoted ?? (BARE.test(text) ? text : '');
  if (key.length >= 1 && key.length <= MAX_KEY_LENGTH) return { key };
  return {
    problem: `The header Idempotency-Key must be one key of 1 to ${MAX_KEY_LENGTH} printable ASCII characters, such as "8e03978e-40d5-43e8-bc93-6894a57f9324".`,
  };
}
