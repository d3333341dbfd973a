import '../../console/app/styles/tokens.css';
import '../../console/app/styles/base.css';
import '../../console/app/app-shell.css';
import '../../console/app/ui/button.css';
import '../../console/app/ui/field.css';
import './playground.css';
import { answerText } from './answer.ts';
import { OPERATIONS_KEY, type Operation } from '../../console/app/session/playground-runs.js';
import { operations, titleOf } from './operations.ts';
import { button, copies, create, find } from './page.ts';
import { forgetAnswer, runOrStop } from './run.ts';
import { session } from './session.ts';
import { openDocs, startSide } from './side.ts';
import { plainField } from './text-field.ts';

// The page works with plain text fields. The editor and the documentation are loaded when they are needed.

const tabs = find('tabs', HTMLElement);
const panel = find('operation-panel', HTMLElement);
const variables = find('variables', HTMLTextAreaElement);
const place = find('operation-editor', HTMLElement);
const reopen = button('reopen-tab');

const onChange = (query: string) => {
  operations.change({ query });
  const current = tabs.children[operations.currentIndex];
  if (current) current.textContent = titleOf(operations.current);
};
let field = plainField(find('operation', HTMLTextAreaElement), onChange);

function showTabs(): void {
  const elements = operations.drafts.map((draft, index) => {
    const tab = create('button', { className: 'tab', type: 'button', id: `tab-${index}` }, titleOf(draft));
    const current = index === operations.currentIndex;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', String(current));
    tab.tabIndex = current ? 0 : -1;
    tab.setAttribute('aria-controls', panel.id);
    tab.addEventListener('click', () => select(index));
    return tab;
  });
  // The new elements take the focus over.
  const hadFocus = tabs.contains(document.activeElement);
  tabs.replaceChildren(...elements);
  if (hadFocus) elements[operations.currentIndex]?.focus();
  reopen.hidden = !operations.canReopen;
  panel.setAttribute('aria-labelledby', `tab-${operations.currentIndex}`);
  elements[operations.currentIndex]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function showCurrent(): void {
  showTabs();
  field.show(operations.current.query);
  variables.value = operations.current.variables;
}

function select(index: number): void {
  operations.select(index);
  showCurrent();
  tabs.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
}

function openDraft(operation?: Operation): void {
  operations.add(operation);
  showCurrent();
  field.focus();
}

tabs.addEventListener('keydown', (event) => {
  const last = operations.drafts.length - 1;
  const now = operations.currentIndex;
  const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[
    event.key
  ];
  if (next === undefined) return;
  event.preventDefault();
  select(next);
});
button('new-tab').addEventListener('click', () => openDraft());
button('close-tab').addEventListener('click', () => {
  operations.close();
  showCurrent();
});
reopen.addEventListener('click', () => {
  operations.reopen();
  showCurrent();
  field.focus();
});
variables.addEventListener('input', () => operations.change({ variables: variables.value }));

const run = () => void runOrStop(field.caret());
button('run').addEventListener('click', run);
addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    // Keys that are held down would stop the operation and run it again, many times a second.
    if (!event.repeat) run();
  },
  // The listener runs before the editor's, which would insert a line break.
  { capture: true },
);
copies(button('copy-operation'), () => operations.current.query);
copies(button('copy-answer'), answerText);

let loading = false;

/** Replaces the plain field by the editor, once. If that fails, the plain field stays, and the next interaction with it tries again. */
async function loadEditor(): Promise<void> {
  if (loading) return;
  loading = true;
  try {
    const { createEditor } = await import('./editor.ts');
    const onShowInDocs = (type?: string, name?: string) => void openDocs(type, name);
    field = await createEditor(field, place, { label: 'Operation', onChange, onShowInDocs });
  } catch {
    loading = false;
  }
}

const showHistory = startSide(openDraft);
session.addEventListener('signed-out', () => {
  forgetAnswer();
  operations.forgetRuns();
  showCurrent();
  showHistory();
});
addEventListener('storage', ({ key }) => {
  // The key is null when everything was removed.
  if (key !== OPERATIONS_KEY && key !== null) return;
  operations.refresh();
  const { current } = operations;
  // Showing a text again would move the caret to its start.
  if (field.text === current.query && variables.value === current.variables) showTabs();
  else showCurrent();
  showHistory();
});
showCurrent();
// The editor is loaded when the user goes to the text: with the pointer, by touch or with the keyboard.
for (const event of ['pointerenter', 'pointerdown', 'focusin']) place.addEventListener(event, () => void loadEditor());
