/** An operation of the playground. */
export interface Operation {
  query: string;
  variables: string;
}

/** What the playground keeps for the next visit, which other tabs have as well. Tokens are never in it. */
export interface KeptOperations<Draft extends Operation = Operation> {
  drafts: Draft[];
  /** The place of the draft that was shown last. */
  current: number;
  /** What was run, the last one first. */
  history: Operation[];
}

/** The key of the kept operations in localStorage. */
export const OPERATIONS_KEY = 'campaigns.playground';

/** Removes the variables and the history, which may contain the user's data. Only the texts of the operations stay after signing out. */
export function withoutRuns<Draft extends Operation>(kept: KeptOperations<Draft>): KeptOperations<Draft> {
  return { ...kept, drafts: kept.drafts.map((draft) => ({ ...draft, variables: '' })), history: [] };
}

/** Forgets the variables and the history of the playground, also when it is not open. */
export function forgetRuns(): void {
  const text = localStorage.getItem(OPERATIONS_KEY);
  if (text === null) return;
  try {
    localStorage.setItem(OPERATIONS_KEY, JSON.stringify(withoutRuns(JSON.parse(text) as KeptOperations)));
  } catch {
    // The playground cannot read it either.
    localStorage.removeItem(OPERATIONS_KEY);
  }
}
