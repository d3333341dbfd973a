import type { MouseEvent } from 'react';

/**
 * Focuses the button that was clicked, which Safari does not do. Without this, a dialog or a menu that it opens could not return the
 * focus to it. Enter in a field of a form clicks its button too, but with no click counted; the focus must then stay in the field.
 */
export function focusClicked({ detail, currentTarget }: MouseEvent<HTMLElement>): void {
  if (detail > 0) currentTarget.focus({ preventScroll: true });
}
