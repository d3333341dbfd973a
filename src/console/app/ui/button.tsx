import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';

interface Props extends Omit<AriaButtonProps, 'className' | 'isPending'> {
  variant?: 'primary' | 'plain' | 'danger' | 'quiet';
  className?: string;
  /** True while the button's action is running. The button keeps the focus, and pressing it does nothing. */
  busy?: boolean;
}

export function Button({ variant = 'plain', className = '', busy = false, onPress, ...props }: Props) {
  return (
    <AriaButton
      {...props}
      {...(onPress && !busy && { onPress })}
      className={`button button-${variant} ${busy ? 'button-busy' : ''} ${className}`}
    />
  );
}
