/** Closes a part of the server. */
export type Closer = () => void | Promise<void>;

/**
 * Closes the parts, the latest first, because a part may use the parts that were opened before it. A part that cannot be closed does not
 * keep the others open. Resolves with the errors of those that could not be closed; it never rejects.
 */
export async function closeAll(closers: Closer[]): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}
