import { useId, useRef, type InputHTMLAttributes, type RefObject } from 'react';
import { useAutoFocus } from './use-auto-focus.ts';
import './field.css';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with the text. It is shown below the input. Screen readers read it out when it appears, and with the input. */
  error: string | undefined;
  hint?: string;
  ref?: RefObject<HTMLInputElement | null>;
}

export function TextInput({ label, value, onChange, error, hint, autoFocus = false, ref, ...props }: Props) {
  const id = useId();
  const ownRef = useRef<HTMLInputElement>(null);
  const input = ref ?? ownRef;
  useAutoFocus(input, autoFocus);
  const errorId = `${id}error`;
  return (
    <div className="field">
      <span className="field-head">
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <span className="field-hint">{hint}</span>}
      </span>
      {/* An empty input has the direction of the page. A filled one has the direction of its text. */}
      <input
        {...props}
        ref={input}
        id={id}
        className="field-input"
        dir={value === '' ? undefined : 'auto'}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': errorId })}
      />
      {error !== undefined && (
        <span id={errorId} className="field-error" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
