/**
 * Waits for the end of all, and then throws the error of the first that has failed, where `Promise.all` alone would let the others
 * run on while their transaction is rolled back.
 */
export async function allDone<Results extends readonly unknown[]>(
  ...promises: { readonly [Place in keyof Results]: Promise<Results[Place]> }
): Promise<Results> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
