import examplesText from './examples.graphql?raw';

/** An operation that somebody is working on. */
export interface Draft {
  query: string;
  variables: string;
}

interface Stored {
  drafts: Draft[];
  current: number;
  /** What was run, the last one first. */
  history: Draft[];
}

/** Drafts and history are kept for the next visit. Tokens never are. */
const KEY = 'campaigns.playground';
const MAX_HISTORY = 30;

/** The example operations. A line of `# ---` stands between two of them. */
const examples = (): Draft[] => examplesText.split('# ---\n').map((query) => ({ query, variables: '' }));

function read(): Stored {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '') as Partial<Stored>;
    if (stored.drafts?.length && stored.history) {
      const current = Math.min(stored.current ?? 0, stored.drafts.length - 1);
      return { drafts: stored.drafts, current, history: stored.history };
    }
  } catch {
    // Nothing was stored, or the browser stores nothing: the page begins with the examples.
  }
  return { drafts: examples(), current: 0, history: [] };
}

const stored = read();

function keep(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // The browser stores nothing, or has no more space: the drafts end with the page.
  }
}

const BLANK: Draft = { query: '', variables: '' };

export const operations = {
  get drafts(): readonly Draft[] {
    return stored.drafts;
  },
  get currentIndex(): number {
    return stored.current;
  },
  get current(): Draft {
    return stored.drafts[stored.current] ?? BLANK;
  },
  get history(): readonly Draft[] {
    return stored.history;
  },
  select(index: number): void {
    stored.current = index;
    keep();
  },
  change(changes: Partial<Draft>): void {
    Object.assign(operations.current, changes);
    keep();
  },
  add(draft: Draft = BLANK): void {
    stored.drafts.push({ ...draft });
    stored.current = stored.drafts.length - 1;
    keep();
  },
  /** Closes the current draft. After the last one the examples come back. */
  close(): void {
    stored.drafts.splice(stored.current, 1);
    if (stored.drafts.length === 0) stored.drafts = examples();
    stored.current = Math.min(stored.current, stored.drafts.length - 1);
    keep();
  },
  /** Notes that the current draft was run. */
  noteRun(): void {
    const { query, variables } = operations.current;
    const others = stored.history.filter((past) => past.query !== query || past.variables !== variables);
    stored.history = [{ query, variables }, ...others].slice(0, MAX_HISTORY);
    keep();
  },
};

/** What to call a draft: the name of its first operation. */
export function titleOf({ query }: Draft): string {
  return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1] ?? 'Untitled';
}

/**
 * The operation in which the caret stands: its kind, and its name where the text has several operations. The server needs
 * the name then.
 */
export function operationAt(query: string, caret: number): { kind: string; name: string | undefined } {
  const starts = [...query.matchAll(/^\s*(query|mutation|subscription)\b[ \t]*(\w+)?/gm)];
  const chosen = starts.findLast(({ index }) => index <= caret) ?? starts[0];
  return { kind: chosen?.[1] ?? 'query', name: starts.length > 1 ? chosen?.[2] : undefined };
}
