import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { CampaignPage } from './campaigns/campaign-page.tsx';
import { CampaignsPage } from './campaigns/campaigns-page.tsx';
import { GroupsPage } from './groups/groups-page.tsx';
import { clearScrollPositions } from './list/scroll-positions.ts';
import { useViewer } from './session/viewer.tsx';
import { Mark, PersonIcon } from './ui/icon.tsx';
import { PageHeading } from './ui/page-heading.tsx';
import { EmptyState } from './ui/states.tsx';
import { Name } from './ui/name.tsx';
import './ui/menu.css';
import './app-shell.css';

/** The frame of every page: the top bar, and the page that belongs to the address. */
export function AppShell({ signOut }: { signOut: () => void }) {
  return (
    <>
      <a className="skip-link" href="#content" onClick={focusContent}>
        Skip to content
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
          <Route>
            <PageHeading title="Page not found" />
            <EmptyState title="There is nothing at this address">
              <p>
                <Link href="/">Go to the campaigns</Link>
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
  return (
    <header className="top-bar">
      <div className="top-bar-inner">
        <Link href="/" className="top-bar-home" aria-label="Campaigns, start page" onClick={clearScrollPositions}>
          <Mark />
        </Link>
        <nav className="top-bar-nav" aria-label="Pages">
          <NavLink href="/" label="Campaigns" within="/campaigns" />
          <NavLink href="/groups" label="Groups" within="/groups" />
        </nav>
        <p className="top-bar-workspace">
          <span className="top-bar-workspace-name">
            <Name text={viewer.workspace.name} />
          </span>
          <span className="badge">{ROLES[viewer.role]}</span>
        </p>
        <MenuTrigger>
          <AriaButton className="button button-quiet" aria-label={`Account: ${viewer.user.email}`}>
            <PersonIcon />
          </AriaButton>
          <Popover className="menu-popover" placement="bottom end">
            <p className="menu-note menu-note-head">{viewer.user.email}</p>
            <Menu className="menu" aria-label="Account">
              <MenuItem className="menu-item" href="/graphiql">
                Playground
              </MenuItem>
              <MenuItem className="menu-item" href="/api/v2/">
                REST documentation
              </MenuItem>
              <MenuItem className="menu-item" onAction={signOut}>
                Sign out
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </header>
  );
}

const ROLES = { ADMINISTRATOR: 'Administrator', EDITOR: 'Editor', VIEWER: 'Viewer', AGENT: 'Agent' };

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
