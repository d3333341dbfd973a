import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite, useViewer } from '../session/viewer.tsx';

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

/** The actions that are possible from every page, and the links to the pages. */
export function useActions(create: (subject: 'campaign' | 'group') => void, signOut: () => void): Action[] {
  const canWrite = useCanWrite();
  const { role } = useViewer();
  const [, navigate] = useLocation();
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
  const dialog = (label: string, subject: 'campaign' | 'group'): Action => ({
    key: subject,
    label,
    opensDialog: true,
    run: () => create(subject),
  });
  return [
    ...(canWrite ? [dialog(t('campaign.new'), 'campaign'), dialog(t('group.new'), 'group')] : []),
    page(t('campaigns.title'), '/'),
    page(t('groups.title'), '/groups'),
    page(t('page.activity'), '/activity'),
    page(t('account.people'), '/people'),
    ...(role === 'ADMINISTRATOR' ? [page(t('account.webhooks'), '/webhooks')] : []),
    other(t('account.playground'), '/graphiql'),
    other(t('account.restDocumentation'), '/api/v2/'),
    { key: 'sign-out', label: t('account.signOut'), run: signOut },
  ];
}
