import type { Operation } from '../../console/app/session/playground-runs.js';
import { operations, titleOf } from './operations.ts';
import { button, create, find } from './page.ts';

const pane = find('side', HTMLElement);
const title = find('side-title', HTMLElement);
const content = find('side-content', HTMLElement);
const buttons = { docs: button('show-docs'), history: button('show-history') };

let shown: keyof typeof buttons | undefined;

function toggle(which: keyof typeof buttons | undefined): void {
  const from = shown;
  shown = which;
  pane.hidden = which === undefined;
  title.textContent = which === 'history' ? 'History' : 'Documentation';
  for (const [name, control] of Object.entries(buttons)) control.setAttribute('aria-expanded', String(name === which));
  if (which === undefined && from) buttons[from].focus();
}

/** Opens the documentation, at a type and one of its fields if they are given. It is loaded when it is first opened. */
export async function openDocs(type?: string, field?: string): Promise<void> {
  toggle('docs');
  content.replaceChildren('Loading…');
  try {
    const { loadDocumentation } = await import('./documentation.ts');
    const showDocumentation = await loadDocumentation();
    // On a slow link the user may have closed the pane, or gone to the history.
    if (shown === 'docs') showDocumentation(content, type, field);
  } catch {
    if (shown === 'docs') content.replaceChildren('The documentation could not be loaded. Close it and try again.');
  }
}

/**
 * @param onOpen Called with the operation that the user opens again from the history.
 * @returns A function to call when the history has changed.
 */
export function startSide(onOpen: (operation: Operation) => void): () => void {
  const showHistory = () => {
    const items = operations.history.map((operation) => {
      const open = create('button', { className: 'docs-link', type: 'button' }, titleOf(operation));
      open.addEventListener('click', () => onOpen(operation));
      const text = operation.query.replaceAll(/#.*|\s+/g, ' ').trim();
      return create('li', {}, open, create('p', { className: 'history-text' }, text));
    });
    const list = create('ul', { className: 'history' }, ...items);
    content.replaceChildren(items.length > 0 ? list : 'Nothing has been run in this browser.');
  };
  button('close-side').addEventListener('click', () => toggle(undefined));
  buttons.docs.addEventListener('click', () => (shown === 'docs' ? toggle(undefined) : void openDocs()));
  buttons.history.addEventListener('click', () => {
    if (shown === 'history') return toggle(undefined);
    toggle('history');
    showHistory();
  });
  return () => {
    if (shown === 'history') showHistory();
    // The old history may still be in the hidden pane.
    else if (shown === undefined) content.replaceChildren();
  };
}
