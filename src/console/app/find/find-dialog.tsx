import { useId, useRef, useState, type ComponentProps, type KeyboardEvent } from 'react';
import { Dialog } from 'react-aria-components';
import { describeError, errorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { DialogFrame } from '../ui/dialog-frame.tsx';
import { hasWords } from '../ui/has-words.ts';
import { SearchIcon } from '../ui/icon.tsx';
import { useAutoFocus } from '../ui/use-auto-focus.ts';
import { useDebouncedValue } from '../ui/use-debounced-value.ts';
import { useActions, type Action, type ActionDialog } from './actions.ts';
import { useFound } from './use-found.tsx';
import '../ui/field.css';
import '../ui/menu.css';
import './find.css';

interface Props {
  onClose: () => void;
  openDialog: (dialog: ActionDialog) => void;
  signOut: () => void;
}

const TYPING_MS = 200;

/**
 * A search field for campaigns, groups, pages and actions. It is a combobox with a list (WAI-ARIA Authoring Practices): the
 * focus stays in the field, and the arrow keys move through the options.
 */
export function FindDialog({ onClose, openDialog, signOut }: Props) {
  const [text, setText] = useState('');
  const words = text.trim();
  const searched = useDebouncedValue(words, TYPING_MS);
  const { sections: found, isPending, error } = useFound(searched);
  const actions = useActions(openDialog, signOut).filter(({ label }) => hasWords(label, words));
  // Results for an earlier text are not shown, because Enter would open one of them.
  const isSearching = words !== searched || isPending;
  const sections = [
    ...(isSearching ? [] : found),
    ...(actions.length > 0 ? [{ title: t('action.all'), options: actions }] : []),
  ];
  const options = sections.flatMap((section) => section.options);

  const [chosen, setChosen] = useState<{ words: string; key: string | undefined }>();
  const chosenPlace = chosen?.words === words ? options.findIndex(({ key }) => key === chosen.key) : -1;
  const place = Math.max(chosenPlace, 0);
  const id = useId();
  const optionId = (index: number) => `${id}-${index}`;
  const list = useRef<HTMLDivElement>(null);
  const moveTo = (next: number) => {
    const target = (next + options.length) % options.length;
    setChosen({ words, key: options[target]?.key });
    list.current?.querySelectorAll('[role=option]')[target]?.scrollIntoView({ block: 'nearest' });
  };
  const run = (option: Action | undefined) => {
    if (!option) return;
    if (!option.opensDialog) onClose();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') run(options[place]);
    else if (event.key === 'ArrowDown' && options.length > 0) moveTo(place + 1);
    else if (event.key === 'ArrowUp' && options.length > 0) moveTo(place - 1);
    else return;
    event.preventDefault();
  };

  let index = -1;
  return (
    <DialogFrame isDismissable onOpenChange={(open) => !open && onClose()}>
      <Dialog className="dialog find" aria-label={t('find.title')}>
        <div className="field search-box">
          <span className="search-box-inner">
            <SearchIcon />
            <FindInput
              type="text"
              role="combobox"
              className="field-input"
              aria-label={t('find.title')}
              aria-expanded={options.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={options.length > 0 ? optionId(place) : undefined}
              dir={text === '' ? undefined : 'auto'}
              placeholder={t('find.placeholder')}
              autoComplete="off"
              spellCheck="false"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </span>
        </div>
        <div id={`${id}-list`} ref={list} role="listbox" aria-label={t('find.title')} className="menu find-list">
          {sections.map(({ title, options: inSection }, section) => (
            <div key={title} role="group" aria-labelledby={`${id}-title-${section}`}>
              <p id={`${id}-title-${section}`} role="presentation" className="menu-note">
                {title}
              </p>
              {inSection.map((option) => {
                index += 1;
                const own = index;
                return (
                  <div
                    key={option.key}
                    id={optionId(own)}
                    role="option"
                    aria-selected={own === place}
                    className="menu-item find-option"
                    onPointerMove={() => own !== place && setChosen({ words, key: option.key })}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => run(option)}
                  >
                    {option.content ?? option.label}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        <p role="status" className="menu-note find-status">
          {error
            ? describeError(errorDetails(error))
            : isSearching
              ? t('search.running')
              : options.length === 0
                ? t('find.noMatch')
                : t('component.optionCount', { optionCount: options.length })}
        </p>
      </Dialog>
    </DialogFrame>
  );
}

function FindInput(props: ComponentProps<'input'>) {
  const input = useRef<HTMLInputElement>(null);
  useAutoFocus(input, true);
  return <input {...props} ref={input} />;
}
