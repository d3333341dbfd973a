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
import { describeTrouble, troubleOf } from '../api/trouble.ts';
import { ChevronIcon, CloseIcon } from '../ui/icon.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { rememberGroup, useGroupOptions, type GroupOption } from './use-group-options.ts';
import '../ui/field.css';
import '../ui/menu.css';
import './group-picker.css';

interface Props {
  label: string;
  value: GroupOption | undefined;
  onChange: (group: GroupOption | undefined) => void;
  error?: string | undefined;
  placeholder: string;
  /** Offers to go back to no group at all. */
  clearable?: boolean;
}

const TYPING_MS = 200;

/** A group found by a part of its name: there may be thousands, so the server searches. */
export function GroupPicker({ label, value, onChange, error, placeholder, clearable = false }: Props) {
  const queryClient = useQueryClient();
  const [text, setText] = useState(value?.name ?? '');
  const [isOpen, setOpen] = useState(false);
  // The chosen group's own name is no search: opening the list then shows all groups.
  const search = useSettled(text === value?.name ? '' : text.trim(), TYPING_MS);
  const groups = useGroupOptions(search, isOpen);
  const options = withChosen(groups.data?.options ?? [], value);

  // The chosen group's name may arrive after the first drawing, or be changed elsewhere.
  const [shown, setShown] = useState(value);
  if (shown?.uuid !== value?.uuid || shown?.name !== value?.name) {
    setShown(value);
    if (value !== undefined && shown?.uuid === value.uuid) setText(value.name);
  }

  const choose = (uuid: string) => {
    const chosen = options.find((option) => option.uuid === uuid);
    if (chosen) {
      rememberGroup(queryClient, chosen);
      // The field's own way to it is through its choices, which may be others by then.
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
      <Label>{label}</Label>
      <div className="group-picker-box">
        <Input className="field-input" dir="auto" placeholder={placeholder} />
        {clearable && value !== undefined ? (
          <AriaButton
            slot={null}
            className="group-picker-button"
            aria-label={`Clear ${label.toLowerCase()}`}
            onPress={() => onChange(undefined)}
          >
            <CloseIcon />
          </AriaButton>
        ) : (
          <AriaButton className="group-picker-button" aria-label={`Show ${label.toLowerCase()} choices`}>
            <ChevronIcon />
          </AriaButton>
        )}
      </div>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="menu-popover group-picker-popover">
        {/* The list is drawn at the end of the page, outside its landmarks, so it is one of its own. */}
        <section aria-label={`${label} choices`}>
          <ListBox<GroupOption>
            className="menu"
            renderEmptyState={() => (
              <p className="menu-note">
                {groups.error
                  ? describeTrouble(troubleOf(groups.error))
                  : groups.isPending
                    ? 'Loading…'
                    : 'No group has this in its name.'}
              </p>
            )}
          >
            {(option) => (
              <ListBoxItem id={option.uuid} textValue={option.name} className="menu-item">
                <bdi>{option.name}</bdi>
              </ListBoxItem>
            )}
          </ListBox>
          {groups.data?.more && <p className="menu-note">There are more: type a part of the name.</p>}
        </section>
      </Popover>
    </ComboBox>
  );
}

/** The field shows the chosen group's name, and can only show what is among its choices. */
function withChosen(options: GroupOption[], chosen: GroupOption | undefined): GroupOption[] {
  return !chosen || options.some(({ uuid }) => uuid === chosen.uuid) ? options : [chosen, ...options];
}
