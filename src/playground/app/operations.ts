import {
  OPERATIONS_KEY,
  withoutRuns,
  type KeptOperations,
  type Operation,
} from '../../console/app/session/playground-runs.js';
import examplesText from './examples.graphql?raw';
import { operationsIn } from './operations-in-text.ts';

/** An operation that somebody is working on. */
export interface Draft extends Operation {
  /** The id is the same in all browser tabs. */
  readonly id: string;
}

type Stored = KeptOperations<Draft>;

const MAX_HISTORY = 30;

/** The example operations. A line of `# ---` stands between two of them. */
const examples = (): Draft[] =>
  examplesText.split('# ---\n').map((query, index) => ({ id: String(index), query, variables: '' }));

/** Reads what is stored. Returns undefined if nothing is stored, or if the browser stores nothing. */
function read(): Stored | undefined {
  try {
    const { drafts, current, history } = JSON.parse(localStorage.getItem(OPERATIONS_KEY) ?? '') as Partial<Stored>;
    if (!drafts?.length || !history) return undefined;
    return {
      // Earlier builds stored no ids.
      drafts: drafts.map((draft, index) => ({ ...draft, id: draft.id ?? String(index) })),
      current: Math.min(current ?? 0, drafts.length - 1),
      history,
    };
  } catch {
    return undefined;
  }
}

const BLANK: Operation = { query: '', variables: '' };

let stored: Stored = read() ?? { drafts: examples(), current: 0, history: [] };
/** Each browser tab has a current draft of its own. */
let currentId = stored.drafts[stored.current]?.id;
/** False if the browser stores nothing, or has no more space. Then the drafts are lost when the page is closed. */
let isStored = true;
/** The drafts that were closed in this browser tab since the page was opened, the last one at the end. Blank ones are not in it. */
let closed: Operation[] = [];

const indexOf = (id: string | undefined): number => stored.drafts.findIndex((draft) => draft.id === id);

/**
 * Reads what other browser tabs have stored, and applies the change. If the current draft was closed, the draft at its index becomes
 * current.
 */
function refresh(change = () => {}): void {
  const index = indexOf(currentId);
  if (isStored) stored = read() ?? stored;
  change();
  if (indexOf(currentId) === -1) currentId = stored.drafts[Math.min(index, stored.drafts.length - 1)]?.id;
}

/** Applies the change and stores the result for all browser tabs. */
function update(change: () => void): void {
  refresh(change);
  stored.current = indexOf(currentId);
  try {
    localStorage.setItem(OPERATIONS_KEY, JSON.stringify(stored));
    isStored = true;
  } catch {
    isStored = false;
  }
}

export const operations = {
  get drafts(): readonly Draft[] {
    return stored.drafts;
  },
  get currentIndex(): number {
    return indexOf(currentId);
  },
  get current(): Operation {
    return stored.drafts[indexOf(currentId)] ?? BLANK;
  },
  get history(): readonly Operation[] {
    return stored.history;
  },
  /** Reads what other browser tabs have stored. */
  refresh(): void {
    refresh();
  },
  select(index: number): void {
    const id = stored.drafts[index]?.id;
    update(() => {
      currentId = id;
    });
  },
  change(changes: Partial<Operation>): void {
    const id = currentId ?? newId();
    const before = operations.current;
    update(() => {
      const draft = stored.drafts[indexOf(id)];
      if (draft) Object.assign(draft, changes);
      // If another browser tab has closed the draft meanwhile, it is added again, because the user is editing it here.
      else stored.drafts.push({ ...before, ...changes, id });
    });
  },
  add(operation: Operation = BLANK): void {
    const id = newId();
    update(() => {
      stored.drafts.push({ ...operation, id });
      currentId = id;
    });
  },
  /** Closes the current draft. If it was the last one, the examples are added again. */
  close(): void {
    const { query, variables } = operations.current;
    if ((query + variables).trim() !== '') closed.push({ query, variables });
    update(() => {
      stored.drafts = stored.drafts.filter(({ id }) => id !== currentId);
      if (stored.drafts.length === 0) stored.drafts = examples();
    });
  },
  get canReopen(): boolean {
    return closed.length > 0;
  },
  /** Adds the draft again that was closed last. */
  reopen(): void {
    const last = closed.pop();
    if (last) operations.add(last);
  },
  /** Adds the current draft to the history, as the newest entry. */
  noteRun(): void {
    const { query, variables } = operations.current;
    update(() => {
      const others = stored.history.filter((past) => past.query !== query || past.variables !== variables);
      stored.history = [{ query, variables }, ...others].slice(0, MAX_HISTORY);
    });
  },
  /** Forgets the variables, the history and the closed drafts in memory. The session has already removed the stored ones. */
  forgetRuns(): void {
    closed = [];
    refresh(() => {
      stored = withoutRuns(stored);
    });
  },
};

const newId = (): string => String(Date.now());

/** The title of a draft: the name of its first operation that has a name. */
export function titleOf({ query }: Pick<Operation, 'query'>): string {
  return operationsIn(query).find(({ name }) => name !== undefined)?.name ?? 'Untitled';
}

/**
 * The kind and the name of the operation at the caret, or of the next one if the caret is between two. The name is undefined if
 * the text has only one operation, because the server needs it only to choose between several.
 */
export function operationAt(query: string, caret: number): { kind: string; name: string | undefined } {
  const found = operationsIn(query);
  const chosen = found.find(({ end }) => caret <= end) ?? found.at(-1);
  return { kind: chosen?.kind ?? 'query', name: found.length > 1 ? chosen?.name : undefined };
}
