/** Something that can be done with an object, or with several: an entry of a menu, or a button. */
export interface MenuEntry {
  label: string;
  danger?: boolean;
  run: () => void;
}
