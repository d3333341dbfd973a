import { TextInput } from './text-input.tsx';

/** Names are counted in code points, as the server counts them. */
const LONGEST = 64;
/** The count matters only near the end. */
const SHOW_COUNT_FROM = 50;

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

export function NameInput({ value, onChange, error }: Props) {
  const length = Array.from(value.trim()).length;
  return (
    <TextInput
      label="Name"
      value={value}
      onChange={onChange}
      error={error}
      autoFocus
      autoComplete="off"
      {...(length >= SHOW_COUNT_FROM && { hint: `${length} of ${LONGEST}` })}
    />
  );
}
