import { t } from './language.ts';

/**
 * The texts that the component library itself gives, mostly to screen readers. The build replaces the library's own texts
 * by these, because the library would load thirty languages at once, and Swahili is not among them. The library uses the
 * texts of `en-US` for every language that has no texts of its own. The texts are functions, so that they follow the
 * language of the page.
 */
const texts = <Texts extends object>(all: Texts) => ({ 'en-US': all });

export const combobox = texts({
  buttonLabel: () => t('component.showSuggestions'),
  listboxLabel: () => t('component.suggestions'),
  /** Says nothing of an empty list, because the options may still be on their way. The list itself says why it is empty. */
  countAnnouncement: ({ optionCount }: { optionCount: number }) =>
    optionCount === 0 ? '' : t('component.optionCount', { optionCount }),
  selectedAnnouncement: ({ optionText }: { optionText: string }) => t('component.selectedOption', { optionText }),
  /** The arguments about groups of options are ignored, because no list of the console has such groups. */
  focusAnnouncement: ({ optionText, isSelected }: { optionText: string; isSelected: boolean }) =>
    isSelected ? t('component.selectedOption', { optionText }) : optionText,
});

export const menu = texts({ longPressMessage: () => t('component.longPress') });

export const overlays = texts({ dismiss: () => t('notice.dismiss') });
