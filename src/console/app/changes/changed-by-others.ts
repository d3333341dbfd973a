/**
 * The latest version of the object that a form edits, if it is newer than the version that the user knows. Undefined while the form's own
 * change is under way (`busy`): a newer version may then be the result of that change, which can arrive before the answer to the mutation.
 */
export function changedByOthers<Version extends { revision: number }>(
  known: Version | undefined,
  latest: Version | null | undefined,
  busy: boolean,
): Version | undefined {
  return !busy && known && latest && latest.revision > known.revision ? latest : undefined;
}
