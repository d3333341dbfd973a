/**
 * Waits for the end of all, and then throws the error of the first that has failed, where `Promise.all` would let the others run
 * on while their transaction is rolled back. Returns the result of the first.
 */
export async function allDone<Result>(first: Promise<Result>, ...others: Promise<unknown>[]): Promise<Result> {
  await Promise.allSettled([first, ...others]);
  const [result] = await Promise.all([first, ...others]);
  return result;
}
