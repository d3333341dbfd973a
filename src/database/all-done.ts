/**
 * Waits until all promises are settled, and then rejects with the error of the first one in the list that has failed. `Promise.all`
 * alone would reject at once, and the others would still run while their transaction is rolled back.
 */
export async function allDone<Results extends readonly unknown[]>(
  ...promises: { readonly [Place in keyof Results]: Promise<Results[Place]> }
): Promise<Results> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
