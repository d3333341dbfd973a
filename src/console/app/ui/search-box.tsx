import { useEffect, useEffectEvent, useState } from 'react';
import { Button as AriaButton, Input, Label, SearchField } from 'react-aria-components';
import { t } from '../language/language.ts';
import { CloseIcon, SearchIcon } from './icon.tsx';
import { useDebouncedValue } from './use-debounced-value.ts';
import './field.css';

interface Props {
  value: string;
  onChange: (search: string) => void;
  placeholder: string;
}

const TYPING_MS = 250;

/** Calls `onChange` when the user pauses typing. A `value` that changes elsewhere, such as in the address, is shown. */
export function SearchBox({ value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const [previous, setPrevious] = useState(value);
  if (previous !== value) {
    setPrevious(value);
    if (text.trim() !== value) setText(value);
  }
  const debounced = useDebouncedValue(text.trim(), TYPING_MS);
  const search = useEffectEvent((next: string) => {
    if (next !== value) onChange(next);
  });
  useEffect(() => search(debounced), [debounced]);
  return (
    <SearchField className="field search-box" value={text} onChange={setText} onSubmit={(now) => onChange(now.trim())}>
      <Label>{t('search')}</Label>
      <span className="search-box-inner">
        <SearchIcon />
        <Input className="field-input" dir="auto" placeholder={placeholder} />
        <AriaButton className="group-picker-button">
          <CloseIcon />
        </AriaButton>
      </span>
    </SearchField>
  );
}
