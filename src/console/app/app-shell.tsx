import { Button as AriaButton, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { CampaignsPage } from './campaigns/campaigns-page.tsx';
import { GroupsPage } from './groups/groups-page.tsx';
import { chooseLanguage, t, useLanguage } from './language/language.ts';
import type { MessageId } from './language/message-id.ts';
import { isLanguage, LANGUAGES } from './language/languages.ts';
import { clearScrollPositions } from './list/scroll-positions.ts';
import { useViewer, type Viewer } from './session/viewer.tsx';
import { Mark, PersonIcon } from './ui/icon.tsx';
import { useNotify } from './ui/notices.tsx';
import { PageHeading } from './ui/page-heading.tsx';
import { lazyPart } from './ui/lazy-part.tsx';
import { EmptyState, Loading } from './ui/states.tsx';
import { Name } from './ui/name.tsx';
import './ui/menu.css';
import './app-shell.css';

const loading = () => <Loading text={t('loading.anything')} />;
/** All of it is loaded at once, so that the dialogs open also when the server is away. */
const later = async () => {
  const [parts] = await Promise.all([
    import('./later.ts'),
    import('./campaigns/dialogs.ts'),
    import('./groups/dialogs.ts'),
  ]);
  return parts;
};
const CampaignPage = lazyPart(async () => (await later()).CampaignPage, loading);
const GroupPage = lazyPart(async () => (await later()).GroupPage, loading);
/** The code of these three is loaded when they are opened. */
const ActivityPage = lazyPart(async () => (await import('./activity/activity-page.tsx')).ActivityPage, loading);
const SpreadsheetPage = lazyPart(
  async () => (await import('./spreadsheet/spreadsheet-page.tsx')).SpreadsheetPage,
  loading,
);
const WebhooksPage = lazyPart(async () => (await import('./webhooks/webhooks-page.tsx')).WebhooksPage, loading);
/** Every page has it, so that what is needed later is loaded as soon as a page is drawn. */
const Freshness = lazyPart(async () => (await later().catch(() => undefined))?.Freshness ?? Nothing);

/** Without its code the data is fetched when the window gets the focus, as always. */
function Nothing(): null {
  return null;
}

/** The frame of every page: the top bar, and the page that belongs to the address. */
export function AppShell({ signOut }: { signOut: () => void }) {
  return (
    <>
      <a className="skip-link" href="#content" onClick={focusContent}>
        {t('page.skipToContent')}
      </a>
      <TopBar signOut={signOut} />
      <main id="content" className="content" tabIndex={-1}>
        <Switch>
          <Route path="/">
            <CampaignsPage />
          </Route>
          <Route path="/campaigns">
            <Redirect to="/" replace />
          </Route>
          <Route path="/campaigns/:uuid">{({ uuid }) => <CampaignPage key={uuid} uuid={uuid} />}</Route>
          <Route path="/groups">
            <GroupsPage />
          </Route>
          <Route path="/groups/:uuid">{({ uuid }) => <GroupPage key={uuid} uuid={uuid} />}</Route>
          <Route path="/activity">
            <ActivityPage />
          </Route>
          <Route path="/spreadsheet">
            <SpreadsheetPage />
          </Route>
          <Route path="/webhooks">
            <WebhooksPage />
          </Route>
          <Route>
            <PageHeading title={t('pageNotFound.title')} />
            <EmptyState title={t('pageNotFound.heading')}>
              <p>
                <Link href="/">{t('pageNotFound.link')}</Link>
              </p>
            </EmptyState>
          </Route>
        </Switch>
      </main>
    </>
  );
}

function TopBar({ signOut }: { signOut: () => void }) {
  const viewer = useViewer();
  const [, navigate] = useLocation();
  return (
    <header className="top-bar">
      <div className="top-bar-inner">
        <Link href="/" className="top-bar-home" aria-label={t('page.start')} onClick={clearScrollPositions}>
          <Mark />
        </Link>
        <nav className="top-bar-nav" aria-label={t('page.all')}>
          <NavLink href="/" label={t('campaigns.title')} within="/campaigns" />
          <NavLink href="/groups" label={t('groups.title')} within="/groups" />
          <NavLink href="/activity" label={t('activity.title')} within="/activity" />
        </nav>
        <p className="top-bar-workspace">
          <span className="top-bar-workspace-name">
            <Name text={viewer.workspace.name} />
          </span>
          <span className="badge">{t(ROLES[viewer.role])}</span>
          <Freshness />
        </p>
        <MenuTrigger>
          <AriaButton className="button button-quiet" aria-label={t('account.of', { email: viewer.user.email })}>
            <PersonIcon />
          </AriaButton>
          <Popover className="menu-popover" placement="bottom end">
            <p className="menu-note menu-note-head">
              <bdi>{viewer.user.email}</bdi>
            </p>
            <Menu className="menu account-menu" aria-label={t('account.title')}>
              <MenuItem className="menu-item" href="/graphiql">
                {t('account.playground')}
              </MenuItem>
              <MenuItem className="menu-item" href="/api/v2/">
                {t('account.restDocumentation')}
              </MenuItem>
              {viewer.role === 'ADMINISTRATOR' && (
                <MenuItem className="menu-item" onAction={() => navigate('/webhooks')}>
                  {t('account.webhooks')}
                </MenuItem>
              )}
              <MenuItem className="menu-item" onAction={signOut}>
                {t('account.signOut')}
              </MenuItem>
              <LanguageSection />
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </header>
  );
}

const ROLES = {
  ADMINISTRATOR: 'role.administrator',
  EDITOR: 'role.editor',
  VIEWER: 'role.viewer',
  AGENT: 'role.agent',
} as const satisfies Record<Viewer['role'], MessageId>;

/** The languages, each in its own name, so that people find theirs in whatever language the page is. */
function LanguageSection() {
  const language = useLanguage();
  const notify = useNotify();
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (typeof chosen !== 'string' || !isLanguage(chosen)) return;
        chooseLanguage(chosen).catch(() => notify({ tone: 'error', text: t('error.unreachable') }));
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

function NavLink({ href, label, within }: { href: string; label: string; within: string }) {
  const [location] = useLocation();
  const current = location === href || location.startsWith(within);
  return (
    <Link href={href} aria-current={current ? 'page' : undefined} onClick={clearScrollPositions}>
      {label}
    </Link>
  );
}

/** Moves the focus without following the link, because the link would add `#content` to the address. */
function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
