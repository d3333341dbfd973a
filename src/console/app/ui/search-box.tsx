import { useEffect, useEffectEvent, useState } from 'react';
import { Button as AriaButton, Input, Label, SearchField } from 'react-aria-components';
import { CloseIcon, SearchIcon } from './icon.tsx';
import { useSettled } from './use-settled.ts';
import './field.css';

interface Props {
  value: string;
  onChange: (search: string) => void;
  placeholder: string;
}

const TYPING_MS = 250;

/** Searches once the typing pauses; a search that comes from the address, or is cleared elsewhere, shows up here. */
export function SearchBox({ value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (text.trim() !== value) setText(value);
  }
  const settled = useSettled(text.trim(), TYPING_MS);
  const search = useEffectEvent((next: string) => {
    if (next !== value) onChange(next);
  });
  useEffect(() => search(settled), [settled]);
  return (
    <SearchField className="field search-box" value={text} onChange={setText} onSubmit={(now) => onChange(now.trim())}>
      <Label>Search</Label>
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
