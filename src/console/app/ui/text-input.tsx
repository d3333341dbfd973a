import { FieldError, Input, Label, TextField, type TextFieldProps } from 'react-aria-components';
import './field.css';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  /** What is wrong with the text. It is shown below the input, and screen readers read it out. */
  error: string | undefined;
  hint?: string;
}

export function TextInput({ label, error, hint, ...props }: Props) {
  return (
    <TextField {...props} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <span className="field-head">
        <Label>{label}</Label>
        {hint !== undefined && <span className="field-hint">{hint}</span>}
      </span>
      {/* An empty input has the direction of the page, and a filled one that of its text. */}
      <Input className="field-input" dir={props.value ? 'auto' : undefined} />
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
