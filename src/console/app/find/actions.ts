import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { lastView } from '../campaigns/last-view.ts';
import { t, useLanguage } from '../language/language.ts';
import { isLanguage, LANGUAGES } from '../language/languages.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite, useViewer } from '../session/viewer.tsx';
import { useChooseLanguage } from '../ui/use-choose-language.ts';

/** Something that the user can choose in the list. */
export interface Action {
  key: string;
  /** The text that is searched. */
  label: string;
  /** What is shown, if it is more than the label. */
  content?: ReactNode;
  /** Whether the action opens a dialog of its own, which replaces the dialog that lists the actions. */
  opensDialog?: boolean;
  run: () => void;
}

/** What a dialog that an action opens is for. */
export type ActionDialog = 'campaign' | 'group' | 'workspace';

/** The actions that are possible from every page, and the links to the pages. */
export function useActions(openDialog: (dialog: ActionDialog) => void, signOut: () => void): Action[] {
  const canWrite = useCanWrite();
  const { role } = useViewer();
  const [, navigate] = useLocation();
  const chooseLanguage = useChooseLanguage();
  const shown = useLanguage();
  const page = (label: string, address: string): Action => ({
    key: address,
    label,
    run() {
      clearScrollPositions();
      navigate(address);
    },
  });
  const other = (label: string, address: string): Action => ({
    key: address,
    label,
    run: () => location.assign(address),
  });
  const dialog = (label: string, opened: ActionDialog): Action => ({
    key: opened,
    label,
    opensDialog: true,
    run: () => openDialog(opened),
  });
  const languages = Object.keys(LANGUAGES)
    .filter(isLanguage)
    .filter((language) => language !== shown)
    .map((language): Action => ({
      key: language,
      label: t('find.language', { language: LANGUAGES[language].name }),
      run: () => chooseLanguage(language),
    }));
  return [
    ...(canWrite ? [dialog(t('campaign.new'), 'campaign'), dialog(t('group.new'), 'group')] : []),
    page(t('campaigns.title'), '/'),
    page(t('groups.title'), '/groups'),
    page(t('campaigns.spreadsheet'), `/spreadsheet${lastView()}`),
    page(t('page.activity'), '/activity'),
    page(t('account.people'), '/people'),
    ...(role === 'ADMINISTRATOR' ? [page(t('account.webhooks'), '/webhooks')] : []),
    other(t('account.playground'), '/graphiql'),
    other(t('account.restDocumentation'), '/api/v2/'),
    dialog(t('account.addWorkspace'), 'workspace'),
    { key: 'sign-out', label: t('account.signOut'), run: signOut },
    ...languages,
  ];
}
