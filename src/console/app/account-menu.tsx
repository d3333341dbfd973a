import type { RefObject } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import { useLocation } from 'wouter';
import { t, useLanguage } from './language/language.ts';
import { isLanguage, LANGUAGES } from './language/languages.ts';
import { clearScrollPositions } from './list/scroll-positions.ts';
import type { Account } from './session/use-session.ts';
import { useViewer } from './session/viewer.tsx';
import { knownWorkspaces } from './session/workspaces.js';
import { Name } from './ui/name.tsx';
import { useChooseLanguage } from './ui/use-choose-language.ts';
import './ui/menu.css';

interface Props extends Account {
  /** The button that opens the menu. */
  trigger: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onClose: () => void;
  addWorkspace: () => void;
}

/** The menu in the top bar. Its code is loaded after the first page is drawn. */
export function AccountMenu({ trigger, isOpen, onClose, token, switchTo, signOut, addWorkspace }: Props) {
  const viewer = useViewer();
  const [, navigate] = useLocation();
  const workspaces = knownWorkspaces();
  return (
    <Popover
      className="menu-popover"
      aria-label={t('account.title')}
      triggerRef={trigger}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      placement="bottom end"
    >
      <p className="menu-note menu-note-head">
        {/* The top bar may have room for a part of the name only. */}
        <Name className="menu-note-inline" text={viewer.workspace.name} />
        <bdi>{viewer.user.email}</bdi>
      </p>
      <Menu className="menu account-menu" aria-label={t('account.title')} autoFocus="first" onClose={onClose}>
        {workspaces.length > 1 && (
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[token]}
            onSelectionChange={(keys) => {
              const [chosen] = keys;
              if (typeof chosen === 'string' && chosen !== token) switchTo(chosen);
            }}
          >
            <Header className="menu-note">{t('account.workspaces')}</Header>
            {workspaces.map(({ token: key, name, email }) => (
              <MenuItem key={key} id={key} className="menu-item" textValue={name}>
                <Name text={name} />
                {email !== viewer.user.email && (
                  <span className="menu-note-inline">
                    <bdi>{email}</bdi>
                  </span>
                )}
              </MenuItem>
            ))}
          </MenuSection>
        )}
        <MenuItem
          className="menu-item"
          onAction={() => {
            clearScrollPositions();
            navigate('/people');
          }}
        >
          {t('account.people')}
        </MenuItem>
        {viewer.role === 'ADMINISTRATOR' && (
          <MenuItem className="menu-item" onAction={() => navigate('/webhooks')}>
            {t('account.webhooks')}
          </MenuItem>
        )}
        <MenuItem className="menu-item" href="/graphiql">
          {t('account.playground')}
        </MenuItem>
        <MenuItem className="menu-item" href="/api/v2/">
          {t('account.restDocumentation')}
        </MenuItem>
        <MenuItem className="menu-item" onAction={addWorkspace}>
          {t('account.addWorkspace')}
        </MenuItem>
        <MenuItem className="menu-item" onAction={signOut}>
          {t('account.signOut')}
        </MenuItem>
        <LanguageSection />
      </Menu>
    </Popover>
  );
}

/** Each language has its own name for itself here, so that users find theirs even if they cannot read the page. */
function LanguageSection() {
  const language = useLanguage();
  const choose = useChooseLanguage();
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (typeof chosen === 'string' && isLanguage(chosen)) choose(chosen);
      }}
    >
      <Header className="menu-note">{t('account.language')}</Header>
      {Object.entries(LANGUAGES).map(([code, { name }]) => (
        <MenuItem key={code} id={code} className="menu-item" textValue={name}>
          <span lang={code}>{name}</span>
        </MenuItem>
      ))}
    </MenuSection>
  );
}
