import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { t } from '../language/language.ts';
import { CloseIcon, SearchIcon } from './icon.tsx';
import './field.css';

interface Props {
  value: string;
  onChange: (search: string) => void;
  /** Called with true when the text in the box starts to differ from `value`, and with false when it no longer does. */
  onTyping: (typing: boolean) => void;
  placeholder: string;
}

const TYPING_MS = 250;

/** Calls `onChange` when the user pauses typing. A `value` that changes elsewhere, such as in the address, is shown. */
export function SearchBox({ value, onChange, onTyping, placeholder }: Props) {
  const [text, setText] = useState(value);
  const [previous, setPrevious] = useState(value);
  if (previous !== value) {
    setPrevious(value);
    if (text.trim() !== value) setText(value);
  }
  const search = useEffectEvent((next: string) => {
    if (next !== value) flushSync(() => onChange(next));
  });
  useEffect(() => {
    const timer = setTimeout(() => search(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const typing = text.trim() !== value;
  const tell = useEffectEvent(onTyping);
  useLayoutEffect(() => tell(typing), [typing]);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    setText('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // These keys then belong to the input method: Enter takes the characters that it suggests, Escape takes them back.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onChange(text.trim());
    if (event.key === 'Escape') clear();
  };
  return (
    <div className="field search-box">
      <label htmlFor={id}>{t('search.title')}</label>
      <span className="search-box-inner">
        <SearchIcon />
        <input
          ref={input}
          id={id}
          type="search"
          className="field-input"
          dir={text === '' ? undefined : 'auto'}
          placeholder={placeholder}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text !== '' && (
          <button type="button" className="field-button" aria-label={t('search.clear')} onClick={clear}>
            <CloseIcon />
          </button>
        )}
      </span>
    </div>
  );
}
