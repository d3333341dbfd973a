import { useRef, type SelectHTMLAttributes } from 'react';
import { useAutoFocus } from './use-auto-focus.ts';
import './field.css';

interface Props extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  label: string;
  /** A class of the whole field, with its label. */
  className?: string;
  onChange?: (value: string) => void;
}

/** A menu of the browser with its label above it. The children are its options. */
export function SelectField({ label, className = '', onChange, autoFocus = false, ...props }: Props) {
  const select = useRef<HTMLSelectElement>(null);
  useAutoFocus(select, autoFocus);
  return (
    <label className={`field ${className}`}>
      <span className="field-label">{label}</span>
      <span className="select-box">
        <select {...props} ref={select} className="field-input" onChange={({ target }) => onChange?.(target.value)} />
      </span>
    </label>
  );
}
