// @ts-check
/**
 * An operation of the playground.
 * @typedef {object} Operation
 * @property {string} query
 * @property {string} variables
 */

/**
 * What the playground keeps for the next visit, which other tabs have as well. Tokens are never in it.
 * @template {Operation} [Draft=Operation]
 * @typedef {object} KeptOperations
 * @property {Draft[]} drafts
 * @property {number} current The place of the draft that was shown last.
 * @property {Operation[]} history What was run, the last one first.
 */

/** The key of the kept operations in localStorage. */
export const OPERATIONS_KEY = 'campaigns.playground';

/**
 * Removes the variables and the history, which may contain the user's data. Only the texts of the operations stay after signing out.
 * @template {Operation} Draft
 * @param {KeptOperations<Draft>} kept
 * @returns {KeptOperations<Draft>}
 */
export function withoutRuns(kept) {
  return { ...kept, drafts: kept.drafts.map((draft) => ({ ...draft, variables: '' })), history: [] };
}

/** Forgets the variables and the history of the playground, also when it is not open. */
export function forgetRuns() {
  const text = localStorage.getItem(OPERATIONS_KEY);
  if (text === null) return;
  try {
    localStorage.setItem(OPERATIONS_KEY, JSON.stringify(withoutRuns(JSON.parse(text))));
  } catch {
    // The playground cannot read it either.
    localStorage.removeItem(OPERATIONS_KEY);
  }
}
