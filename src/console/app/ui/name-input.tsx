import { TextInput } from './text-input.tsx';

/** In Unicode code points, because the server counts them. */
const MAX_LENGTH = 64;
/** From this length on, the number of characters is shown. */
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
      {...(length >= SHOW_COUNT_FROM && { hint: `${length} of ${MAX_LENGTH}` })}
    />
  );
}
