import { create, find } from './page.ts';

const element = find('answer', HTMLElement);
const state = find('answer-state', HTMLElement);

/** Longer answers are shown without colours, because thousands of elements make a page slow. */
const MAX_COLOURED = 200_000;

let shown = '';

/** The answer on the page, as text. */
export const answerText = (): string => shown;

export function showState(text: string, kind: 'busy' | 'done' | 'failed'): void {
  state.textContent = text;
  state.dataset['state'] = kind;
  element.toggleAttribute('aria-busy', kind === 'busy');
}

/** Brings the answer into the window. On a small screen it is below the operation. */
export function scrollToAnswer(): void {
  state.closest('section')?.scrollIntoView({ block: 'nearest' });
}

/** Shows a text, with colours if it is JSON. */
export function showAnswer(text: string): void {
  shown = text;
  if (text.length > MAX_COLOURED) element.textContent = text;
  else element.replaceChildren(...coloured(text));
  element.scrollTop = 0;
}

/** Shows an event of a subscription above the earlier events. */
export function showEvent(text: string): void {
  shown = shown === '' ? text : `${text}\n\n${shown}`.slice(0, MAX_COLOURED);
  element.replaceChildren(...coloured(shown));
}

/** Splits JSON into its pieces. Keys and strings become elements, so that CSS can colour them. */
function coloured(text: string): (Node | string)[] {
  return text.split(/("(?:[^"\\]|\\.)*"(?:: )?)/).map((piece) => {
    if (!piece.startsWith('"')) return piece;
    return create('span', { className: piece.endsWith(': ') ? 'json-key' : 'json-text' }, piece);
  });
}
