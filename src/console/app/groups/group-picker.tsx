import { useQueryClient } from '@tanstack/react-query';
import { use, useEffect, useRef, useState, type ComponentProps, type KeyboardEvent, type RefObject } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  ComboBoxStateContext,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { describeError, errorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { hasWords } from '../ui/has-words.ts';
import { ChevronIcon, CloseIcon } from '../ui/icon.tsx';
import { useAutoFocus } from '../ui/use-auto-focus.ts';
import { useDebouncedValue } from '../ui/use-debounced-value.ts';
import { Name } from '../ui/name.tsx';
import { cacheGroup, useGroupOptions, type GroupOption } from './use-group-options.ts';
import '../ui/field.css';
import '../ui/menu.css';
import './group-picker.css';

export interface GroupPickerProps {
  value: GroupOption | undefined;
  onChange: (group: GroupOption | undefined) => void;
  error?: string | undefined;
  placeholder: string;
  /** Shows a button that removes the choice. */
  clearable?: boolean;
  autoFocus?: boolean;
}

const TYPING_MS = 200;

/** A search field for one group. The server searches, because there may be thousands of groups. */
export function GroupPicker({
  value,
  onChange,
  error,
  placeholder,
  clearable = false,
  autoFocus = false,
}: GroupPickerProps) {
  const queryClient = useQueryClient();
  const [text, setText] = useState(value?.name ?? '');
  const [isOpen, setOpen] = useState(false);
  // The name of the chosen group is not a search text, so that opening the list shows all groups.
  const words = text === value?.name ? '' : text.trim();
  const search = useDebouncedValue(words, TYPING_MS);
  const groups = useGroupOptions(search, isOpen);
  // Until the server has answered, the options are those of an older text. Enter must not choose one that does not match the new text.
  const isSearching = words !== search || groups.isPlaceholderData || groups.isPending;
  const loaded = groups.data?.options ?? [];
  const found = isSearching ? loaded.filter(({ name }) => hasWords(name, words)) : loaded;
  const options = words === '' ? withChosen(found, value) : found;

  // The name of the chosen group may be loaded after the first render. The parent component may also change the name or the choice.
  const [shown, setShown] = useState(value);
  if (shown?.uuid !== value?.uuid || shown?.name !== value?.name) {
    setShown(value);
    // What the user has typed meanwhile stays.
    if (text === (shown?.name ?? '')) setText(value?.name ?? '');
  }

  // When a dialog gives the focus back to the text field, ComboBox cancels that, as if it moved the focus to an option itself.
  const box = useRef<HTMLDivElement>(null);
  const isGivenBack = useRef(false);
  useEffect(() => {
    const { current } = box;
    const letFocusBack = (event: Event) => {
      event.stopPropagation();
      isGivenBack.current = event.target instanceof HTMLInputElement;
    };
    current?.addEventListener('react-aria-focus-scope-restore', letFocusBack, true);
    return () => current?.removeEventListener('react-aria-focus-scope-restore', letFocusBack, true);
  }, []);

  // The button goes with the choice, so the focus goes to the field. The list stays closed, as nobody has asked for it.
  const clear = () => {
    setText('');
    onChange(undefined);
    const input = box.current?.querySelector('input');
    // A field that has the focus already gets no event.
    isGivenBack.current = input !== document.activeElement;
    input?.focus();
  };

  const choose = (uuid: string) => {
    const chosen = options.find((option) => option.uuid === uuid);
    if (chosen) {
      cacheGroup(queryClient, chosen);
      // ComboBox would take the text from its items, but they may have changed by then.
      setText(chosen.name);
    }
    onChange(chosen);
  };

  return (
    <ComboBox
      className="field group-picker"
      items={options}
      inputValue={text}
      onInputChange={setText}
      value={words === '' ? (value?.uuid ?? null) : null}
      onChange={(key) => {
        if (key !== null) choose(String(key));
        // The user has closed the list without choosing.
        else setText(value?.name ?? '');
      }}
      onOpenChange={setOpen}
      menuTrigger="manual"
      allowsEmptyCollection
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>{t('field.group')}</Label>
      <div className="group-picker-box" ref={box}>
        <PickerInput
          className="field-input"
          dir={text === '' ? undefined : 'auto'}
          placeholder={placeholder}
          hasError={error !== undefined}
          autoFocus={autoFocus}
          isGivenBack={isGivenBack}
        />
        {clearable && value !== undefined ? (
          <AriaButton
            key="clear"
            slot={null}
            className="field-button"
            aria-label={t('groupPicker.clear')}
            onPress={clear}
          >
            <CloseIcon />
          </AriaButton>
        ) : (
          // Another key, so that React does not make the one button of the other, which would keep its label.
          <AriaButton key="show" className="field-button" aria-label={t('groupPicker.show')}>
            <ChevronIcon />
          </AriaButton>
        )}
      </div>
      <FieldError className="field-error">
        <span role="alert">{error}</span>
      </FieldError>
      <Popover className="menu-popover group-picker-popover">
        {/* A landmark of its own, because the popover is rendered at the end of the page, outside all landmarks. */}
        <section aria-label={t('groupPicker.choices')}>
          <ListBox<GroupOption> className="menu">
            {(option) => (
              <ListBoxItem id={option.uuid} textValue={option.name} className="menu-item">
                <Name text={option.name} />
              </ListBoxItem>
            )}
          </ListBox>
          <div role="status">
            {options.length === 0 && (
              <p className="menu-note">
                {groups.error
                  ? describeError(errorDetails(groups.error))
                  : t(isSearching ? 'search.running' : words === '' ? 'groupPicker.none' : 'groupPicker.noMatch')}
              </p>
            )}
          </div>
          {!isSearching && groups.data?.hasMore && <p className="menu-note">{t('groupPicker.more')}</p>}
        </section>
      </Popover>
    </ComboBox>
  );
}

interface PickerInputProps extends ComponentProps<typeof Input> {
  hasError: boolean;
  isGivenBack: RefObject<boolean>;
}

/**
 * The field of a ComboBox. It opens the list when it gets the focus and when its text changes. ComboBox does this itself with another
 * `menuTrigger`, but then the list opens again when Escape has closed it. Enter chooses the only option, without the arrow keys.
 *
 * With an error or with `autoFocus`, the focus alone does not open the list, because it does not come from the user: a refused form focuses
 * the field, and the list would cover the error. A new dialog focuses it, and the list would cover the buttons. So it would when another
 * dialog gives the focus back (`isGivenBack`). A click always opens it.
 */
function PickerInput({ hasError, autoFocus = false, isGivenBack, ...props }: PickerInputProps) {
  const state = use(ComboBoxStateContext);
  const input = useRef<HTMLInputElement>(null);
  useAutoFocus(input, autoFocus);
  const waits = hasError || autoFocus;
  const open = () => state?.open();
  const chooseOnly = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !state?.isOpen || state.inputValue === '') return;
    const { collection, selectionManager } = state;
    if (collection.size !== 1 || selectionManager.focusedKey !== null) return;
    // ComboBox, which gets the event next, chooses the focused option.
    selectionManager.setFocusedKey(collection.getFirstKey());
  };
  return (
    <Input
      {...props}
      ref={input}
      onFocus={() => {
        if (!waits && !state?.isFocused && !isGivenBack.current) open();
        isGivenBack.current = false;
      }}
      onClick={open}
      onInput={open}
      onKeyDownCapture={chooseOnly}
    />
  );
}

/** Adds the chosen group to the options, because ComboBox can show only the name of a group that is among the options. */
function withChosen(options: GroupOption[], chosen: GroupOption | undefined): GroupOption[] {
  return !chosen?.name || options.some(({ uuid }) => uuid === chosen.uuid) ? options : [chosen, ...options];
}
