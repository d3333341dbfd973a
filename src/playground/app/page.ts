/** Returns the element with this id. Throws if the page has no element of this kind with this id. */
export function find<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no #${id}.`);
  return element;
}

export const button = (id: string): HTMLButtonElement => find(id, HTMLButtonElement);

/** A new element with these properties and children. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Lets a button copy a text. Hidden on insecure connections, where browsers do not allow copying. */
export function copies(control: HTMLButtonElement, text: () => string): void {
  control.hidden = !('clipboard' in navigator);
  const label = control.textContent;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (word: string) => {
    control.textContent = word;
    clearTimeout(timer);
    timer = setTimeout(() => (control.textContent = label), 2_000);
  };
  control.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => say('Copied'),
      () => say('Not copied'),
    );
  });
}
