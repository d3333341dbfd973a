/** Where an operation is written: the plain text field, and later the editor that replaces it. */
export interface TextField {
  readonly element: HTMLTextAreaElement;
  readonly text: string;
  show: (text: string) => void;
  focus: () => void;
  /** The position of the caret, in UTF-16 code units from the start. */
  caret: () => number;
}

export function plainField(element: HTMLTextAreaElement, onChange: (text: string) => void): TextField {
  element.addEventListener('input', () => onChange(element.value));
  return {
    element,
    get text() {
      return element.value;
    },
    show: (text) => (element.value = text),
    focus: () => element.focus(),
    caret: () => element.selectionStart,
  };
}
