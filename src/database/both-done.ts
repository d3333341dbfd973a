/**
 * Waits for the end of both, and then throws the error of the first that has failed, where `Promise.all` would let the other one
 * run on while their transaction is rolled back.
 */
export async function bothDone<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
