interface Keys {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether a letter was pressed with Ctrl or ⌘. On keyboards of other scripts the physical key counts, because they lack the letter. */
export function isShortcut({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Keys, letter: string): boolean {
  const isLetter = key.toLowerCase() === letter || (key > '~' && code === `Key${letter.toUpperCase()}`);
  return isLetter && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
