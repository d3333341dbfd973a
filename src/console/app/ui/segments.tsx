import type { ReactNode } from 'react';
import './segments.css';

interface Props<Value extends string> {
  /** The `legend` that says what is chosen. */
  children: ReactNode;
  name: string;
  value: Value;
  /** The values with their texts. */
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

/** Radio buttons that look like one bar of segments. */
export function Segments<Value extends string>({ children, name, value, options, onChange }: Props<Value>) {
  return (
    <fieldset className="segments">
      {children}
      <div className="segments-box">
        {options.map(([option, text]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
