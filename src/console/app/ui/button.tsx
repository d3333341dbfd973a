import { useRef, type ButtonHTMLAttributes } from 'react';
import { focusClicked } from './focus-clicked.ts';
import { useAutoFocus } from './use-auto-focus.ts';
import './button.css';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'disabled'> {
  variant?: 'primary' | 'plain' | 'danger' | 'quiet';
  /** True while the button's action is running. The button keeps the focus, and pressing it does nothing. */
  busy?: boolean;
  isDisabled?: boolean;
  onPress?: (() => void) | undefined;
}

/** The button on which the first click of the last clicks was made, which the browser counts as one double or triple click. */
let clickedFirst: Element | undefined;

/** A plain button of the browser: the component library's one would be a tenth of what the first page loads. */
export function Button({
  variant = 'plain',
  className = '',
  busy = false,
  isDisabled = false,
  onPress,
  autoFocus = false,
  ...props
}: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useAutoFocus(button, autoFocus);
  return (
    <button
      type="button"
      {...props}
      ref={button}
      disabled={isDisabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        // The second click of a double click is not meant for the button that has appeared where the first one was, such as Restore in the
        // place of Archive.
        if (event.detail <= 1) clickedFirst = event.currentTarget;
        else if (clickedFirst !== event.currentTarget) return event.preventDefault();
        focusClicked(event);
        if (!busy) onPress?.();
      }}
      className={`button button-${variant} ${busy ? 'button-busy' : ''} ${className}`}
    />
  );
}
