import { useRef, useState, type ComponentType } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { CampaignsPage } from './campaigns/campaigns-page.tsx';
import { GroupsPage } from './groups/groups-page.tsx';
import { t } from './language/language.ts';
import { clearScrollPositions } from './list/scroll-positions.ts';
import { ROLE_NAMES } from './session/role-names.ts';
import type { Account } from './session/use-session.ts';
import { useViewer } from './session/viewer.tsx';
import { Button } from './ui/button.tsx';
import { focusClicked } from './ui/focus-clicked.ts';
import { removeFrame } from './ui/frame.ts';
import { Mark, PersonIcon, SearchIcon } from './ui/icon.tsx';
import { PageHeading } from './ui/page-heading.tsx';
import { PageNotLoaded } from './ui/page-not-loaded.tsx';
import { lazyPart } from './ui/lazy-part.tsx';
import { EmptyState, Loading } from './ui/states.tsx';
import { Name } from './ui/name.tsx';
import { useFindKeys } from './ui/use-find-keys.ts';
import { RestoredForm } from './restored-form.tsx';
import './app-shell.css';
import './changes/freshness.css';

/** A page whose code is loaded when it is opened. */
const lazyPage = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazyPart(load, () => <Loading text={t('loading.anything')} />, PageNotLoaded);

/** All of it is loaded at once, so that menus and dialogs open also when the server is away. */
const later = async () => {
  const [parts] = await Promise.all([
    import('./later.ts'),
    import('./campaigns/dialogs.ts'),
    import('./groups/dialogs.ts'),
    import('./ui/row-menu-popover.tsx'),
    import('./find/find.tsx'),
  ]);
  parts.keepConsole();
  return parts;
};
const CampaignPage = lazyPage(async () => (await later()).CampaignPage);
const GroupPage = lazyPage(async () => (await later()).GroupPage);
const AccountMenu = lazyPart(async () => (await later()).AccountMenu);
/** The code of the following parts is loaded when they are opened. */
const ActivityPage = lazyPage(async () => (await import('./activity/activity-page.tsx')).ActivityPage);
const SpreadsheetPage = lazyPage(async () => (await import('./spreadsheet/spreadsheet-page.tsx')).SpreadsheetPage);
const WebhooksPage = lazyPage(async () => (await import('./webhooks/webhooks-page.tsx')).WebhooksPage);
const PeoplePage = lazyPage(async () => (await import('./people/people-page.tsx')).PeoplePage);
const AddWorkspaceDialog = lazyPart(async () => (await import('./people/add-workspace-dialog.tsx')).AddWorkspaceDialog);
const Find = lazyPart(async () => (await import('./find/find.tsx')).Find);
/**
 * Every page shows Freshness, so `later` starts as soon as a page is drawn. While its code cannot be loaded, the data is still fetched
 * again whenever the window gets the focus.
 */
const Freshness = lazyPart(async () => (await loadPatiently(later)).Freshness, FreshnessStandIn);

/** Loads something for which there is no button to try again. After a failure it tries again when the server may be reached again. */
async function loadPatiently<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => {
      for (const event of ['focus', 'online']) window.addEventListener(event, resolve, { once: true });
    });
    return loadPatiently(load);
  }
}

/** Reserves the space of Freshness. Otherwise the page would move down on a narrow screen while the user is about to tap. */
function FreshnessStandIn() {
  return (
    <span className="freshness freshness-waiting" aria-hidden="true">
      {t('freshness.upToDate')}
    </span>
  );
}

/** The frame of every page: the top bar, and the page that belongs to the address. */
export function AppShell(account: Account) {
  const [finding, setFinding] = useOpenOnPage();
  const find = () => setFinding(true);
  useFindKeys(find);
  return (
    <>
      <a className="skip-link" href="#content" onClick={focusContent}>
        {t('page.skipToContent')}
      </a>
      <TopBar account={account} find={find} />
      <main id="content" className="content" tabIndex={-1} ref={removeFrame}>
        <Switch>
          <Route path="/">
            <CampaignsPage />
          </Route>
          <Route path="/campaigns">
            <Redirect to="/" replace />
          </Route>
          <Route path="/campaigns/:uuid">
            {({ uuid }) => <CampaignPage key={uuid} uuid={uuid} switchTo={account.switchTo} />}
          </Route>
          <Route path="/groups">
            <GroupsPage />
          </Route>
          <Route path="/groups/:uuid">
            {({ uuid }) => <GroupPage key={uuid} uuid={uuid} switchTo={account.switchTo} />}
          </Route>
          <Route path="/activity">
            <ActivityPage />
          </Route>
          <Route path="/spreadsheet">
            <SpreadsheetPage />
          </Route>
          <Route path="/webhooks">
            <WebhooksPage />
          </Route>
          <Route path="/people">
            <PeoplePage part="members" />
          </Route>
          <Route path="/people/tokens">
            <PeoplePage part="tokens" />
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
      <RestoredForm />
      {finding && <Find {...account} onClose={() => setFinding(false)} />}
    </>
  );
}

/** Whether a dialog that any page can show is open. It closes when another page is shown, for example by the browser's Back button. */
function useOpenOnPage(): [isOpen: boolean, setOpen: (isOpen: boolean) => void] {
  const [page] = useLocation();
  const [openOn, setOpenOn] = useState<string>();
  if (openOn !== undefined && openOn !== page) setOpenOn(undefined);
  return [openOn === page, (isOpen) => setOpenOn(isOpen ? page : undefined)];
}

function TopBar({ account, find }: { account: Account; find: () => void }) {
  const viewer = useViewer();
  const [adding, setAdding] = useOpenOnPage();
  return (
    <header className="top-bar">
      <div className="top-bar-inner">
        <Link href="/" className="top-bar-home" aria-label={t('page.start')} onClick={clearScrollPositions}>
          <Mark />
        </Link>
        <nav className="top-bar-nav" aria-label={t('page.all')}>
          <NavLink href="/" label={t('campaigns.title')} within="/campaigns" />
          <NavLink href="/groups" label={t('groups.title')} within="/groups" />
          <NavLink href="/activity" label={t('page.activity')} within="/activity" />
        </nav>
        <p className="top-bar-workspace">
          <span className="top-bar-workspace-name">
            <Name text={viewer.workspace.name} />
          </span>
          <span className="badge">{t(ROLE_NAMES[viewer.role])}</span>
          <Freshness />
          <Button variant="quiet" aria-label={t('find.title')} aria-keyshortcuts="/ Control+K" onPress={find}>
            <SearchIcon />
          </Button>
        </p>
        <AccountButton {...account} addWorkspace={() => setAdding(true)} />
      </div>
      {adding && <AddWorkspaceDialog {...account} onClose={() => setAdding(false)} />}
    </header>
  );
}

function AccountButton(account: Account & { addWorkspace: () => void }) {
  const viewer = useViewer();
  const trigger = useRef<HTMLButtonElement>(null);
  /** Undefined before the menu is opened for the first time. */
  const [isOpen, setOpen] = useState<boolean>();
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="button button-quiet"
        aria-label={t('account.of', { email: viewer.user.email })}
        aria-haspopup="menu"
        aria-expanded={isOpen ?? false}
        onClick={(event) => {
          focusClicked(event);
          setOpen(true);
        }}
      >
        <PersonIcon />
      </button>
      {isOpen !== undefined && (
        <AccountMenu {...account} trigger={trigger} isOpen={isOpen} onClose={() => setOpen(false)} />
      )}
    </>
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
