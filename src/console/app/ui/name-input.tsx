import type { RefObject } from 'react';
import { MAX_NAME_LENGTH, nameLength } from '../api/input-error.ts';
import { t } from '../language/language.ts';
import { TextInput } from './text-input.tsx';
import { withSigns } from './invisible-characters.ts';

/** From this length on, the number of characters is shown. */
const SHOW_COUNT_FROM = 50;

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  ref?: RefObject<HTMLInputElement | null>;
}

export function NameInput({ value, onChange, error, ref }: Props) {
  const name = value.trim();
  const length = nameLength(name);
  // An input cannot mark invisible characters in its text.
  const signed = withSigns(name);
  const hints = [
    ...(signed === name ? [] : [t('nameInput.invisible', { name: signed })]),
    ...(length >= SHOW_COUNT_FROM ? [t('nameInput.length', { length, max: MAX_NAME_LENGTH })] : []),
  ];
  return (
    <TextInput
      label={t('field.name')}
      value={value}
      onChange={onChange}
      error={error}
      autoFocus
      autoComplete="off"
      {...(ref && { ref })}
      {...(hints.length > 0 && { hint: hints.join(' · ') })}
    />
  );
}
