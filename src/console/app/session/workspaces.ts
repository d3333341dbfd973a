import { forgetPresentToken, readToken } from './token.ts';

/** A workspace to which the user can switch without signing in again. It is kept beside the present token, as long as it. */
export interface KnownWorkspace {
  token: string;
  uuid: string;
  name: string;
  email: string;
}

/** What a key begins with under which a workspace is kept. Its token follows. */
const PREFIX = 'campaigns.workspace ';
/** Whose token was forgotten last, until the next user is known: the e-mail address, or '' if the server has not said it. */
const LEFT_BY = 'campaigns.left-by';

/** An entry of sessionStorage. */
export type StoredWorkspace = readonly [key: string, value: string];

function entries(): StoredWorkspace[] {
  return Object.entries<string>(sessionStorage).filter(([key]) => key.startsWith(PREFIX));
}

const parse = ([key, value]: StoredWorkspace): KnownWorkspace => ({
  token: key.slice(PREFIX.length),
  // Only keepWorkspace writes it.
  ...(JSON.parse(value) as Omit<KnownWorkspace, 'token'>),
});

/** The workspaces whose tokens this tab has, by name, with the present one. Of several tokens of one user there is one. */
export function knownWorkspaces(): KnownWorkspace[] {
  const present = readToken();
  const byUser = new Map<string, KnownWorkspace>();
  for (const workspace of entries().map(parse)) {
    // An earlier build has kept no uuid.
    const user = `${workspace.uuid ?? workspace.token} ${workspace.email}`;
    if (!byUser.has(user) || workspace.token === present) byUser.set(user, workspace);
  }
  return [...byUser.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

/**
 * Keeps the present workspace, so that the user can come back to it until they sign out or close the tab. Called
 * whenever the server has said whose the present token is.
 */
export function keepWorkspace({ token, uuid, name, email }: KnownWorkspace): void {
  // The user may have signed out before the server has answered.
  if (readToken() !== token) return;
  forgetWorkspacesOfOthers(email);
  sessionStorage.setItem(PREFIX + token, JSON.stringify({ uuid, name, email }));
}

/** Forgets a token that is not to be used any more in this tab. The tokens of other workspaces stay. */
export function forgetToken(token: string): void {
  const email = knownWorkspaces().find((workspace) => workspace.token === token)?.email ?? '';
  sessionStorage.removeItem(PREFIX + token);
  if (readToken() !== token) return;
  forgetPresentToken();
  if (entries().length > 0) sessionStorage.setItem(LEFT_BY, email);
}

/**
 * After a token was forgotten, the next person at this computer may be another one, who must not get the workspaces of
 * the person before. A person can have a different address in each workspace: all known addresses are the same person's.
 */
function forgetWorkspacesOfOthers(email: string): void {
  const leftBy = sessionStorage.getItem(LEFT_BY);
  if (leftBy === null) return;
  sessionStorage.removeItem(LEFT_BY);
  const known = entries().map(parse);
  if (email === leftBy || known.some((workspace) => workspace.email === email)) return;
  for (const { token } of known) sessionStorage.removeItem(PREFIX + token);
}

/** The workspaces for a new tab. None while it is not known whose the present token is. */
export function workspacesToShare(): StoredWorkspace[] {
  return sessionStorage.getItem(LEFT_BY) === null ? entries() : [];
}

/** Keeps the workspaces of another tab. */
export function takeWorkspaces(workspaces: readonly StoredWorkspace[]): void {
  for (const [key, value] of workspaces) sessionStorage.setItem(key, value);
}
