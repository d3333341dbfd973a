import { t } from './language.ts';

/**
 * The texts that the component library speaks by itself, mostly to screen readers. The build puts them in the place of
 * the library's own texts, which would come in thirty languages at once, and not in Swahili. The library takes the
 * texts of `en-US` for each language that it has no others for. They are functions, so that they follow the language of
 * the page.
 */
const texts = <Texts extends object>(all: Texts) => ({ 'en-US': all });

export const combobox = texts({
  buttonLabel: () => t('component.showSuggestions'),
  listboxLabel: () => t('component.suggestions'),
  countAnnouncement: ({ optionCount }: { optionCount: number }) => t('component.optionCount', { optionCount }),
  selectedAnnouncement: ({ optionText }: { optionText: string }) => t('component.selectedOption', { optionText }),
  /** No list of the console has groups of options. */
  focusAnnouncement: ({ optionText, isSelected }: { optionText: string; isSelected: boolean }) =>
    isSelected ? t('component.selectedOption', { optionText }) : optionText,
});

export const menu = texts({ longPressMessage: () => t('component.longPress') });

export const overlays = texts({ dismiss: () => t('notice.dismiss') });
