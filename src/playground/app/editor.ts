import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, tooltips } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { graphql } from 'cm6-graphql';
import type { TextField } from './text-field.ts';
import { loadSchema } from './schema.ts';

interface Options {
  readonly label: string;
  onChange: (text: string) => void;
  /** Called when the user Ctrl-clicks a name, with the type and the field that the name belongs to. */
  onShowInDocs: (type: string | undefined, field: string | undefined) => void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: 'var(--accent)' },
  { tag: [tags.variableName, tags.attributeName], color: 'var(--code-key)' },
  {
    tag: [tags.string, tags.special(tags.name), tags.bool, tags.null, tags.integer, tags.float],
    color: 'var(--warning)',
  },
  { tag: tags.atom, color: 'var(--code-key)' },
  { tag: tags.lineComment, color: 'var(--muted)' },
]);

/**
 * Writes what is typed over selected text into the editor's state. Left to itself, Chromium gives the new text a `style`
 * attribute with the colour of the selected text, and reports that the content security policy forbids it.
 */
const typingOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.data;
    // The selection of the page, because the state hears of a change of it only after the event.
    const range = getSelection()?.getRangeAt(0);
    if (event.inputType !== 'insertText' || text === null || !range || range.collapsed || view.composing) return false;
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    const typed = view.state.toText(text);
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: typed },
        selection: { anchor: from + typed.length },
        scrollIntoView: true,
        userEvent: 'input.type',
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/** Replaces a plain text field with an editor, which completes operations and checks them against the server's schema. */
export async function createEditor(field: TextField, place: HTMLElement, options: Options): Promise<TextField> {
  const schema = await loadSchema();
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
  const extensions: Extension = [
    EditorView.cspNonce.of(nonce),
    // Tab is left to the browser, so that people who use the keyboard can leave the editor.
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    lineNumbers(),
    history(),
    typingOverSelection,
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    // The tooltips are outside the pane, because Safari would cut them off at its edges.
    tooltips({ parent: document.body }),
    syntaxHighlighting(colours),
    EditorView.lineWrapping,
    // Text that scrolls must be reachable by keyboard. It is also reachable without `tabindex`, but not every checker sees that.
    EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
    graphql(schema, { onShowInDocs: (name, type, parent) => options.onShowInDocs(parent ?? type, name) }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
  ];
  const begin = (doc: string, selection?: { anchor: number; head: number }) =>
    EditorState.create({ doc, extensions, ...(selection && { selection }) });

  const { element, text } = field;
  const hadFocus = document.activeElement === element;
  const selection = { anchor: element.selectionStart, head: element.selectionEnd };
  const view = new EditorView({ state: begin(text, selection), parent: place });
  element.hidden = true;
  if (hadFocus) view.focus();
  return {
    element,
    get text() {
      return view.state.doc.toString();
    },
    // A new state has no undo history, so that undo cannot lead from one operation to another.
    show: (shown) => view.setState(begin(shown)),
    focus: () => view.focus(),
    caret: () => view.state.selection.main.head,
  };
}
