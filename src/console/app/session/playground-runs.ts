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

/** Where they are in localStorage. */
export const OPERATIONS_KEY = 'campaigns.playground';

/** Only the texts of the operations stay after signing out: variables and history have what the user has worked with. */
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
