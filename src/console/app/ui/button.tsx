import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';

interface Props extends Omit<AriaButtonProps, 'className'> {
  variant?: 'primary' | 'plain' | 'danger' | 'quiet';
  className?: string;
}

export function Button({ variant = 'plain', className = '', ...props }: Props) {
  return <AriaButton {...props} className={`button button-${variant} ${className}`} />;
}
