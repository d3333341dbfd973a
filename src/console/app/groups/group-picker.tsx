import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { describeError, errorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { ChevronIcon, CloseIcon } from '../ui/icon.tsx';
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
}

const TYPING_MS = 200;

/** A search field for one group. The server searches, because there may be thousands of groups. */
export function GroupPicker({ value, onChange, error, placeholder, clearable = false }: GroupPickerProps) {
  const queryClient = useQueryClient();
  const [text, setText] = useState(value?.name ?? '');
  const [isOpen, setOpen] = useState(false);
  // The name of the chosen group is not a search text, so that opening the list shows all groups.
  const search = useDebouncedValue(text === value?.name ? '' : text.trim(), TYPING_MS);
  const groups = useGroupOptions(search, isOpen);
  const options = withChosen(groups.data?.options ?? [], value);

  // The name of the chosen group may be loaded after the first render, or be changed elsewhere. So may the choice.
  const [shown, setShown] = useState(value);
  if (shown?.uuid !== value?.uuid || shown?.name !== value?.name) {
    setShown(value);
    if (value !== undefined) setText(value.name);
  }

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
      value={value?.uuid ?? null}
      onChange={(key) => {
        if (key !== null) choose(String(key));
      }}
      onOpenChange={setOpen}
      menuTrigger="focus"
      allowsEmptyCollection
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>{t('field.group')}</Label>
      <div className="group-picker-box">
        <Input className="field-input" dir={text === '' ? undefined : 'auto'} placeholder={placeholder} />
        {clearable && value !== undefined ? (
          <AriaButton
            slot={null}
            className="group-picker-button"
            aria-label={t('groupPicker.clear')}
            onPress={() => onChange(undefined)}
          >
            <CloseIcon />
          </AriaButton>
        ) : (
          <AriaButton className="group-picker-button" aria-label={t('groupPicker.show')}>
            <ChevronIcon />
          </AriaButton>
        )}
      </div>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="menu-popover group-picker-popover">
        {/* A landmark of its own, because the popover is rendered at the end of the page, outside all landmarks. */}
        <section aria-label={t('groupPicker.choices')}>
          <ListBox<GroupOption>
            className="menu"
            renderEmptyState={() => (
              <p className="menu-note">
                {groups.error
                  ? describeError(errorDetails(groups.error))
                  : t(groups.isPending ? 'loading.anything' : 'groupPicker.noMatch')}
              </p>
            )}
          >
            {(option) => (
              <ListBoxItem id={option.uuid} textValue={option.name} className="menu-item">
                <Name text={option.name} />
              </ListBoxItem>
            )}
          </ListBox>
          {groups.data?.hasMore && <p className="menu-note">{t('groupPicker.more')}</p>}
        </section>
      </Popover>
    </ComboBox>
  );
}

/** Adds the chosen group to the options, because ComboBox shows the name of an option only. */
function withChosen(options: GroupOption[], chosen: GroupOption | undefined): GroupOption[] {
  return !chosen || options.some(({ uuid }) => uuid === chosen.uuid) ? options : [chosen, ...options];
}
